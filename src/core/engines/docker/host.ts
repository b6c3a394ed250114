import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { AppError } from '../../../shared/errors.ts';

/** Where an engine listens. `name` is what a person is shown. */
export type EngineAddress =
  | { name: string; socketPath: string }
  | { name: string; host: string; port: number; tls: TlsFiles | null };

export interface TlsFiles {
  ca: Buffer;
  cert: Buffer;
  key: Buffer;
}

const refuse = (host: string): AppError =>
  new AppError('E_SETTING', `"${host}" is not a Docker address that can be used.`, {
    next: 'Use unix:///path/to/docker.sock, npipe:////./pipe/name or tcp://host:port. For a remote engine over ssh, forward its socket.',
  });

async function tlsFromEnvironment(env: NodeJS.ProcessEnv): Promise<TlsFiles | null> {
  if (!env['DOCKER_TLS_VERIFY']) return null;
  const folder = env['DOCKER_CERT_PATH'] ?? join(homedir(), '.docker');
  const read = (name: string): Promise<Buffer> => readFile(join(folder, name));
  try {
    const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
    return { ca, cert, key };
  } catch (cause) {
    throw new AppError('E_SETTING', `The Docker certificates in ${folder} cannot be read.`, {
      next: 'Check DOCKER_CERT_PATH, or unset DOCKER_TLS_VERIFY.',
      cause,
    });
  }
}

/** Takes a Docker address apart; refuses with `E_SETTING` what cannot be spoken to. */
export async function parseHost(host: string, env: NodeJS.ProcessEnv): Promise<EngineAddress> {
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(host)?.[1] ?? (host.startsWith('/') ? host : '');
  if (socket) return { name: socket, socketPath: socket };
  const match = /^(?:tcp|https?):\/\/(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?\/?$/.exec(
    host,
  );
  if (!match?.[1]) throw refuse(host);
  const tls = await tlsFromEnvironment(env);
  const port = Number(match[2] ?? (tls ? 2376 : 2375));
  return { name: host, host: match[1].replace(/^\[|\]$/g, ''), port, tls };
}

const configSchema = z.object({ currentContext: z.optional(z.string()) });
const contextSchema = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string() }) }),
});

async function readJson<S extends z.ZodMiniType>(
  file: string,
  schema: S,
): Promise<z.infer<S> | null> {
  try {
    const parsed = z.safeParse(schema, JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The address of the docker command line's current context; null for its default one. */
async function contextHost(env: NodeJS.ProcessEnv): Promise<string | null> {
  const folder = env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
  const config = env['DOCKER_CONTEXT']
    ? null
    : await readJson(join(folder, 'config.json'), configSchema);
  const name = env['DOCKER_CONTEXT'] ?? config?.currentContext;
  if (!name || name === 'default') return null;
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(join(folder, 'contexts', 'meta', id, 'meta.json'), contextSchema);
  return meta?.Endpoints.docker.Host ?? null;
}

function defaultSocket(): string {
  if (process.platform === 'win32') return 'npipe:////./pipe/docker_engine';
  const system = '/var/run/docker.sock';
  const user = join(homedir(), '.docker', 'run', 'docker.sock');
  return !existsSync(system) && existsSync(user) ? user : system;
}

/**
 * Where the engine is, looked for like the docker command line does: the given address, then
 * `DOCKER_HOST`, then the current context, then the usual socket.
 */
export async function findEngine(
  given: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<EngineAddress> {
  const named = given || env['DOCKER_HOST'] || (await contextHost(env));
  return parseHost(named || defaultSocket(), env);
}
