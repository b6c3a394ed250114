import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { askCredentialHelper } from './credential-helper.ts';
import { DOCKER_HUB_KEY, serverAddress, type FindLogin } from './registry-login.ts';

const entrySchema = z.object({
  /** Base64 of `user:password`. */
  auth: z.optional(z.string()),
  username: z.optional(z.string()),
  password: z.optional(z.string()),
  identitytoken: z.optional(z.string()),
});

type Entry = z.infer<typeof entrySchema>;

const configSchema = z.object({
  auths: z.optional(z.record(z.string(), entrySchema)),
  credsStore: z.optional(z.string()),
  credHelpers: z.optional(z.record(z.string(), z.string())),
});

type Config = z.infer<typeof configSchema>;

/**
 * Finds the logins that `docker login` keeps, in the order of the docker command line: the helper of
 * the registry, the common helper, the file itself. What cannot be read counts as no login.
 */
export function dockerConfigLogins(env: NodeJS.ProcessEnv): FindLogin {
  return async (registry, signal) => {
    const config = await readConfig(env);
    if (!config) return null;
    const key = serverAddress(registry);
    const helper = match(config.credHelpers, registry) ?? config.credsStore;
    if (helper) {
      const login = await askCredentialHelper(helper, key, env, signal);
      if (login) return login;
    }
    const entry = match(config.auths, registry);
    return entry ? loginOf(entry, key) : null;
  };
}

async function readConfig(env: NodeJS.ProcessEnv): Promise<Config | null> {
  const folder = env['DOCKER_CONFIG'] || join(homedir(), '.docker');
  try {
    const text = await readFile(join(folder, 'config.json'), 'utf8');
    const parsed = z.safeParse(configSchema, JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The value kept for a registry; older files have addresses where newer ones have hosts. */
function match<T>(values: Record<string, T> | undefined, registry: string): T | undefined {
  const entries = Object.entries(values ?? {});
  const exact = entries.find(([key]) => key === serverAddress(registry));
  return (exact ?? entries.find(([key]) => hostOf(key) === registry))?.[1];
}

function hostOf(key: string): string {
  if (key === DOCKER_HUB_KEY) return 'docker.io';
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? 'docker.io' : host;
}

function loginOf(entry: Entry, serveraddress: string): Awaited<ReturnType<FindLogin>> {
  if (entry.identitytoken) return { identitytoken: entry.identitytoken, serveraddress };
  const text = Buffer.from(entry.auth ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const username = colon > 0 ? text.slice(0, colon) : entry.username;
  // Docker itself cuts off the NUL bytes that some versions wrote.
  const password = colon > 0 ? text.slice(colon + 1).replace(/\0+$/, '') : entry.password;
  return username && password ? { username, password, serveraddress } : null;
}
