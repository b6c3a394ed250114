import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connector } from './connector.ts';

const VERSION = '{"Version":"20.10.24","ApiVersion":"1.41"}';

let folder: string;
let server: Server;
let sockets: Socket[];
let closed: number;

/** An engine that takes a connection and says nothing. */
beforeEach(async () => {
  sockets = [];
  closed = 0;
  folder = await mkdtemp(join(tmpdir(), 'slipway-connector-'));
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => (closed += 1));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const answer = (socket: Socket | undefined) =>
  socket?.end(`HTTP/1.1 200 OK\r\nContent-Length: ${VERSION.length}\r\n\r\n${VERSION}`);

/** What is first loaded for a connection takes a busy machine seconds. */
const PATIENT = { timeout: 30_000 };

const untilAsked = (times: number) =>
  vi.waitFor(() => expect(sockets).toHaveLength(times), PATIENT);

describe('connecting to an engine that hangs', () => {
  it('ends when nobody waits for it any more, and is done again when it is asked for', async () => {
    const connector = new Connector(join(folder, 's'));
    const cancel = new AbortController();
    const call = connector.call('Asking', 10_000, cancel.signal, async () => 'sent');
    await untilAsked(1);
    cancel.abort();
    const again = connector.call(
      'Asking',
      10_000,
      new AbortController().signal,
      async () => 'sent',
    );
    await expect(call).rejects.toMatchObject({ code: 'E_CANCELLED' });
    await vi.waitFor(() => expect(closed).toBe(1), PATIENT);
    await untilAsked(2);
    answer(sockets[1]);
    await expect(again).resolves.toBe('sent');
  });

  it('goes on for those that still wait', async () => {
    const connector = new Connector(join(folder, 's'));
    const cancel = new AbortController();
    const call = connector.call('Asking', 10_000, cancel.signal, async () => 'first');
    const other = connector.call(
      'Asking',
      10_000,
      new AbortController().signal,
      async () => 'other',
    );
    await untilAsked(1);
    cancel.abort();
    await expect(call).rejects.toMatchObject({ code: 'E_CANCELLED' });
    answer(sockets[0]);
    await expect(other).resolves.toBe('other');
    expect(sockets).toHaveLength(1);
  });
});
