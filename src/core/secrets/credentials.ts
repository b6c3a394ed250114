import * as z from 'zod/mini';
import { AppError } from '../../shared/errors.ts';
import { secretName } from './secret-name.ts';
import type { SecretStore } from './secret-store.ts';

const loginSchema = z.object({ username: z.string(), password: z.string() });

export type Login = z.infer<typeof loginSchema>;

/** Logins for registries, by `docker.io` or `host:port`. */
export interface RegistryCredentials {
  /** Null when none is kept. @throws AppError `E_SECRET_STORE` when one is, and cannot be read */
  get(registry: string, signal: AbortSignal): Promise<Login | null>;
  /** @throws AppError `E_SECRET_FORMAT`, `E_SECRET_STORE` */
  set(registry: string, login: Login, signal: AbortSignal): Promise<void>;
}

/** Logins for git by host and port, ssh keys by the name of the host, for every port of it. */
export interface GitCredentials extends RegistryCredentials {
  /** Path of the private key for ssh; null for the agent and the usual keys. */
  sshKey(host: string, signal: AbortSignal): Promise<string | null>;
  /** @throws AppError `E_SECRET_FORMAT`, `E_SECRET_STORE` */
  setSshKey(host: string, path: string, signal: AbortSignal): Promise<void>;
}

export const registryCredentials = (store: SecretStore): RegistryCredentials =>
  logins(store, 'registry');

export const gitCredentials = (store: SecretStore): GitCredentials => ({
  ...logins(store, 'git'),
  sshKey: (host, signal) => store.get(secretName('git-key', host), signal),
  async setSshKey(host, path, signal) {
    checkLine('path', path);
    await store.set(secretName('git-key', host), path, signal);
  },
});

function logins(store: SecretStore, kind: 'git' | 'registry'): RegistryCredentials {
  return {
    async get(host, signal) {
      const text = await store.get(secretName(kind, host), signal);
      return text === null ? null : readLogin(text);
    },
    async set(host, { username, password }, signal) {
      checkLoginFormat({ username, password });
      await store.set(secretName(kind, host), JSON.stringify({ username, password }), signal);
    },
  };
}

/** @throws AppError `E_SECRET_FORMAT` */
export function checkLoginFormat({ username, password }: Login): void {
  checkLine('user name', username);
  checkLine('password or token', password);
}

/** Null for what somebody else wrote under our name. */
function readLogin(text: string): Login | null {
  try {
    const parsed = z.safeParse(loginSchema, JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

const LINE_LIMIT = 8 * 1024;

/** One line without control characters: what git and the engine can be given. Never repeated in the error. */
function checkLine(what: string, text: string): void {
  const fail = (why: string, next: string): never => {
    throw new AppError('E_SECRET_FORMAT', `The ${what} ${why}.`, { next });
  };
  if (text === '') fail('is empty', `Give the ${what}.`);
  if (text.length > LINE_LIMIT)
    fail(`is longer than ${LINE_LIMIT} characters`, 'Check what you pasted.');
  if (/\p{Cc}/u.test(text))
    fail('holds a line break or another control character', 'Check what you pasted.');
}
