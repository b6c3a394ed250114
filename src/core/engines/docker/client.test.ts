import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { DockerClient } from './client.ts';
import { findEngine, parseHost } from './host.ts';
import { pump } from './pump.ts';

const never = new AbortController().signal;
const id = 'a'.repeat(64);
const VERSION = '{"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12"}';

const json = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

let folder: string;
let server: Server;
let sockets: Socket[];
let requests: string[];
/** Whether something else listens at its address. */
let isNonsense = false;

/** An engine that gives its version, is there, and gives `answer` (bytes as they are) to everything else. */
async function serve(answer: (request: string, socket: Socket) => void): Promise<DockerClient> {
  server = createTcp((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      const request = data.toString('latin1');
      requests.push(request.split('\r\n')[0] ?? '');
      if (isNonsense) socket.end(json('200 OK', '"hello"'));
      else if (/^GET (?:\/v1\.41)?\/version /.test(request)) socket.end(json('200 OK', VERSION));
      else if (/^GET (?:\/v1\.41)?\/_ping /.test(request)) socket.end(json('200 OK', 'OK'));
      else answer(request, socket);
    });
  });
  const path = join(folder, 'engine.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return new DockerClient(path);
}

beforeEach(async () => {
  sockets = [];
  isNonsense = false;
  requests = [];
  folder = await mkdtemp(join(tmpdir(), 'slipway-client-'));
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const STATE =
  '{"Status":"exited","ExitCode":3,"OOMKilled":false,"Error":"","StartedAt":"x","FinishedAt":"y"}';
const CONTAINER = `{"Id":"${id}","Config":{"Labels":null},"HostConfig":{},"State":${STATE}}`;

describe('DockerClient', () => {
  it('asks for the version of the API that both speak', async () => {
    let first = '';
    const client = await serve((request, socket) => {
      first = request.split('\r\n')[0] ?? '';
      socket.end(json('200 OK', CONTAINER));
    });
    expect((await client.inspectContainer(id, never))?.State.ExitCode).toBe(3);
    expect(first).toBe(`GET /v1.41/containers/${id}/json HTTP/1.1`);
  });

  it.each([
    [
      'a redirect',
      'HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n',
    ],
    [
      'a redirect to another scheme',
      'HTTP/1.1 302 Found\r\nLocation: gopher://x\r\nContent-Length: 0\r\n\r\n',
    ],
    ['an answer cut short', `HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${CONTAINER}`],
    ['a page', 'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>'],
    ['an empty answer', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['another object', json('200 OK', '{"Id":3}')],
    ['no HTTP', 'garbage garbage garbage\r\n\r\n'],
    ['nothing', ''],
    ['lists in lists', json('200 OK', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
    [
      'an error in lists in lists',
      json('500 Oops', `{"message":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
    ],
    ['another protocol', 'HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'],
    ['a failure in HTML', 'HTTP/1.1 500 Oops\r\nContent-Length: 13\r\n\r\n<html></html>'],
  ])('makes an error of %s', async (_what, bytes) => {
    const client = await serve((_request, socket) => socket.end(bytes));
    const error = await client.inspectContainer(id, never).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: expect.stringMatching(/^E_ENGINE/) });
    // A later call is not harmed by it.
    await expect(client.versions(never, 1000)).resolves.toMatchObject({ api: '1.41' });
  });

  it.each([
    [
      'client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade',
      '1.44',
    ],
    ['client version 1.41 is too new. Maximum supported API version is 1.40', '1.40'],
  ])('says "%s" with both versions, and asks for the version anew', async (message, theirs) => {
    const client = await serve((_request, socket) =>
      socket.end(json('400 Bad Request', JSON.stringify({ message }))),
    );
    const error = await client.inspectContainer(id, never).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'E_ENGINE_VERSION',
      message: expect.stringMatching(`1.41.*${theirs}.*1.41 to 1.44`),
    });
    expect(requests.filter((line) => line.includes('/version'))).toHaveLength(1);
    await client.versions(never, 1000);
    expect(requests.filter((line) => line.includes('/version'))).toHaveLength(2);
  });

  it.each([
    ['a page', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nnope'],
    ['a page that says nothing of it', json('200 OK', '<html></html>')],
    ['a page that is not found', json('404 Not Found', '<html></html>')],
    ['words that are not found', json('404 Not Found', '404 page not found')],
    ['a bad gateway', json('502 Bad Gateway', 'no healthy upstream')],
    ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n'],
  ])('does not take %s for an answer of Docker, whatever is asked', async (_what, bytes) => {
    const client = await serve((_request, socket) => socket.end(bytes));
    const query = { follow: false, timestamps: false, tail: null };
    for (const asked of [
      client.inspectContainer(id, never),
      client.start(id, never),
      client.kill(id, 'SIGINT', never),
      client.remove(id, never),
      ...(bytes.startsWith('HTTP/1.1 200') && !bytes.includes('text/html')
        ? []
        : [client.logs(id, query, never)]),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'E_ENGINE_ANSWER' });
    }
  });

  it("shows no more than a piece of an answer that is not Docker's", async () => {
    const client = await serve((_request, socket) =>
      socket.end(json('200 OK', JSON.stringify({ Id: 'x'.repeat(5000) }))),
    );
    const error = (await client.inspectContainer(id, never).catch((e: unknown) => e)) as AppError;
    expect(error.detail!.length).toBeLessThanOrEqual(200);
    expect(`${error.message} ${error.detail}`).not.toMatch(/Invalid input/);
  });

  it('takes nothing but the word of an engine for a sign of one', async () => {
    isNonsense = true;
    const client = await serve(() => undefined);
    await expect(client.ping(never)).rejects.toMatchObject({ code: 'E_ENGINE_ANSWER' });
    isNonsense = false;
    await client.ping(never);
    isNonsense = true;
    await expect(client.versions(never, 1000)).rejects.toMatchObject({ code: 'E_ENGINE_ANSWER' });
    isNonsense = false;
    await expect(client.versions(never, 1000)).resolves.toMatchObject({ api: '1.41' });
  });

  it('takes 404 for "not there"', async () => {
    const client = await serve((_r, socket) =>
      socket.end(json('404 Not Found', '{"message":"no"}')),
    );
    expect(await client.inspectContainer(id, never)).toBeNull();
    await client.kill(id, 'SIGINT', never);
    await client.remove(id, never);
  });

  it('ends a call that is not answered when it is cancelled', async () => {
    const client = await serve(() => undefined);
    const cancel = new AbortController();
    const call = client.inspectContainer(id, cancel.signal).catch((e: unknown) => e);
    await new Promise((resolve) => setTimeout(resolve, 100));
    cancel.abort();
    expect(await call).toMatchObject({ code: 'E_CANCELLED' });
  });

  it('ends a stream when it is cancelled, or broken', async () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const client = await serve((_request, socket) => void socket.write(head));
    const cancel = new AbortController();
    const query = { follow: true, timestamps: false, tail: null };
    const options = { onPiece: () => undefined, mayGoOn: () => Promise.resolve(true) };
    const stream = await client.logs(id, query, cancel.signal);
    const pumping = pump(stream, { ...options, signal: cancel.signal }).catch((e: unknown) => e);
    cancel.abort();
    expect(await pumping).toMatchObject({ code: 'E_CANCELLED' });
    const broken = await client.logs(id, query, never);
    const cut = pump(broken, { ...options, signal: never }).catch((e: unknown) => e);
    for (const socket of sockets) socket.destroy();
    expect(await cut).toMatchObject({ code: 'E_ENGINE_LOST' });
  });
});

describe('pump', () => {
  const frame = Buffer.from('0100000000000001', 'hex');
  const quiet = { onPiece: () => undefined, signal: never, idleMs: 20 };

  beforeEach(() => {
    server = createTcp();
  });

  it('asks about a silent stream, and ends it when nothing can come any more', async () => {
    let asked = 0;
    const mayGoOn = (): Promise<boolean> => Promise.resolve((asked += 1) < 3);
    await pump(new PassThrough(), { ...quiet, mayGoOn });
    expect(asked).toBe(3);
  });

  it('fails like the question about a silent stream', async () => {
    const lost = new AppError('E_ENGINE_TIMEOUT', 'x');
    const pumping = pump(new PassThrough(), { ...quiet, mayGoOn: () => Promise.reject(lost) });
    await expect(pumping).rejects.toBe(lost);
  });

  it.each([
    ['ends inside a frame', frame],
    ['is no frames', Buffer.from('HTTP/1.1 400')],
  ])('takes a stream that %s for a lost engine', async (_what, bytes) => {
    const stream = new PassThrough();
    stream.end(bytes);
    const mayGoOn = (): Promise<boolean> => Promise.resolve(true);
    await expect(pump(stream, { ...quiet, mayGoOn })).rejects.toMatchObject({
      code: 'E_ENGINE_LOST',
    });
  });

  it('passes on what the sink throws', async () => {
    const full = new AppError('E_DISK_FULL', 'x');
    const stream = new PassThrough();
    stream.end(Buffer.concat([frame, Buffer.from('x')]));
    const mayGoOn = (): Promise<boolean> => Promise.resolve(true);
    const onPiece = (): Promise<void> => Promise.reject(full);
    await expect(pump(stream, { ...quiet, onPiece, mayGoOn })).rejects.toBe(full);
  });
});

describe('findEngine', () => {
  beforeEach(() => {
    server = createTcp();
  });

  it.each([
    ['unix:///run/x.sock', { socketPath: '/run/x.sock' }],
    ['/run/x.sock', { socketPath: '/run/x.sock' }],
    ['tcp://10.0.0.1:2375', { host: '10.0.0.1', port: 2375, tls: null }],
    ['tcp://[::1]', { host: '::1', port: 2375 }],
  ])('understands %s', async (host, address) => {
    expect(await parseHost(host, {})).toMatchObject(address);
  });

  it.each(['ssh://me@host', 'ftp://x', 'host:1', 'tcp://a b'])('refuses %s', async (host) => {
    await expect(parseHost(host, {})).rejects.toMatchObject({ code: 'E_SETTING' });
  });

  it('looks at the given address first, then at DOCKER_HOST', async () => {
    const env = { DOCKER_HOST: 'unix:///b.sock', DOCKER_CONFIG: folder };
    expect((await findEngine('unix:///a.sock', env)).name).toBe('/a.sock');
    expect((await findEngine(undefined, env)).name).toBe('/b.sock');
  });
});
