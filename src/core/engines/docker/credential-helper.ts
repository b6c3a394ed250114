import { execFile } from 'node:child_process';
import * as z from 'zod/mini';
import { cancelled } from '../../../shared/errors.ts';
import type { RegistryLogin } from './registry-login.ts';

const answerSchema = z.object({ Username: z.string(), Secret: z.string() });

const DEADLINE_MS = 15_000;
const ANSWER_LIMIT = 1024 * 1024;

/**
 * Asks one of Docker's credential helpers (`docker-credential-<name> get`) for a login; null when it
 * has none, is not there, or gives none in time. See github.com/docker/docker-credential-helpers.
 */
export async function askCredentialHelper(
  name: string,
  serveraddress: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<RegistryLogin | null> {
  // It becomes part of a program's name, which must not lead to another folder.
  if (!/^[A-Za-z0-9_-]+$/.test(name)) return null;
  const answer = await run(`docker-credential-${name}`, serveraddress, env, signal);
  if (signal.aborted) throw cancelled('Asking for the login');
  const parsed = z.safeParse(answerSchema, parse(answer));
  if (!parsed.success) return null;
  const { Username: username, Secret: secret } = parsed.data;
  if (username === '<token>') return { identitytoken: secret, serveraddress };
  return { username, password: secret, serveraddress };
}

/** What the program prints when it is given the address; empty when it fails. */
function run(
  program: string,
  input: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string> {
  const options = { env, signal, timeout: DEADLINE_MS, maxBuffer: ANSWER_LIMIT, windowsHide: true };
  return new Promise((resolve) => {
    const child = execFile(program, ['get'], options, (error, stdout) => {
      resolve(error ? '' : stdout);
    });
    // It may have ended without reading.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
