import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

export const LOGIN = { username: 'slipway', password: 'right horse' };
/** Of {@link LOGIN}, as `htpasswd -nbB` writes it. */
const HTPASSWD = 'slipway:$2y$04$o1W0uZ1fcgldme8iiA5tPOR02.h8cjl6RAYN6zzSrrLV2aV8oLI/K\n';

/** A registry of a test's own on a loopback port. Needs Debian's `docker-registry`. */
export class TestRegistry {
  readonly address: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(address: string, folder: string, process: ChildProcess) {
    this.address = address;
    this.#folder = folder;
    this.#process = process;
  }

  /** `guarded`: it asks for {@link LOGIN}. */
  static async start(guarded: boolean): Promise<TestRegistry> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-registry-'));
    const address = `127.0.0.1:${await freePort()}`;
    const htpasswd = join(folder, 'htpasswd');
    await writeFile(htpasswd, HTPASSWD);
    const config = {
      version: '0.1',
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(folder, 'data') } },
      ...(guarded && { auth: { htpasswd: { realm: 'test', path: htpasswd } } }),
      http: { addr: address },
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
    const args = ['serve', join(folder, 'config.json')];
    const child = spawn('docker-registry', args, { stdio: 'ignore' });
    const registry = new TestRegistry(address, folder, child);
    await registry.#ready();
    return registry;
  }

  async stop(): Promise<void> {
    if (this.#process.kill('SIGKILL')) await once(this.#process, 'exit');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      const answer = await fetch(`http://${this.address}/v2/`).catch(() => null);
      if (answer) return;
      await sleep(100);
    }
    await this.stop();
    throw new Error('The registry did not start.');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

export interface TestImage {
  os?: string;
  architecture?: string;
  /** `Cmd`, `Entrypoint`, `Env`, `Labels`, ... */
  config?: Record<string, unknown>;
  /** Bytes of its one layer that cannot be compressed. */
  size?: number;
}

/** Puts an image into a registry without an engine, whatever it claims to be. Returns its digest. */
export async function putImage(
  address: string,
  name: string,
  tag: string,
  image: TestImage,
  login?: typeof LOGIN,
): Promise<string> {
  const tar = await layerTar(image.size ?? 10);
  const layer = gzipSync(tar, { level: 1 });
  const config = Buffer.from(
    JSON.stringify({
      architecture: image.architecture ?? 'amd64',
      os: image.os ?? 'linux',
      config: image.config ?? {},
      rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    }),
  );
  const put = uploader(address, name, login);
  await put.blob(layer);
  await put.blob(config);
  return put.manifest(tag, {
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: part('application/vnd.docker.container.image.v1+json', config),
    layers: [part('application/vnd.docker.image.rootfs.diff.tar.gzip', layer)],
  });
}

const digestOf = (bytes: Buffer): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

const part = (mediaType: string, bytes: Buffer): Record<string, unknown> => ({
  mediaType,
  size: bytes.length,
  digest: digestOf(bytes),
});

async function layerTar(size: number): Promise<Buffer> {
  const archive = pack();
  const random = createHash('shake256', { outputLength: size }).update(String(Math.random()));
  archive.entry({ name: 'data', mtime: new Date(0) }, random.digest());
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

interface Manifest {
  schemaVersion: 2;
  mediaType: string;
  config: Record<string, unknown>;
  layers: Record<string, unknown>[];
}

function uploader(address: string, name: string, login: typeof LOGIN | undefined) {
  const base = `http://${address}/v2/${name}`;
  const basic = Buffer.from(`${login?.username}:${login?.password}`).toString('base64');
  const send = async (url: URL | string, init: RequestInit): Promise<Response> => {
    const authorization = login ? { authorization: `Basic ${basic}` } : {};
    const answer = await fetch(url, { ...init, headers: { ...init.headers, ...authorization } });
    if (!answer.ok) throw new Error(`${init.method} ${String(url)}: ${answer.status}`);
    return answer;
  };
  return {
    async blob(bytes: Buffer): Promise<void> {
      const begun = await send(`${base}/blobs/uploads/`, { method: 'POST' });
      const url = new URL(begun.headers.get('location') ?? '', base);
      url.searchParams.set('digest', digestOf(bytes));
      const headers = { 'content-type': 'application/octet-stream' };
      await send(url, { method: 'PUT', body: new Uint8Array(bytes), headers });
    },
    async manifest(tag: string, manifest: Manifest): Promise<string> {
      const body = Buffer.from(JSON.stringify(manifest));
      const headers = { 'content-type': manifest.mediaType };
      await send(`${base}/manifests/${tag}`, {
        method: 'PUT',
        body: new Uint8Array(body),
        headers,
      });
      return digestOf(body);
    },
  };
}
