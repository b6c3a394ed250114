import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { EngineProxy } from './engine-proxy.ts';
import { chooseMutation } from './mutations.ts';
import { jsonAnswer, onEvery, onPath, STEPS } from './rule.ts';
import { wires } from './wire.ts';

let folder: string;
let engine: Server;
let proxy: EngineProxy;
/** What the engine was asked: method, address, body. */
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faults-engine-'));
  asked = [];
  engine = createServer((message, reply) => {
    let body = '';
    message.on('data', (piece: Buffer) => (body += piece.toString()));
    message.on('end', () => {
      asked.push(`${message.method} ${message.url} ${body}`);
      reply.setHeader('X-Engine', 'yes').end(JSON.stringify({ said: body || 'nothing' }));
    });
  });
  engine.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nhello ');
    socket.on('data', (piece: Buffer) => socket.end(`you said ${piece.toString()}`));
  });
  engine.listen(join(folder, 'socket'));
  await once(engine, 'listening');
  proxy = await EngineProxy.listen(`unix://${join(folder, 'socket')}`);
});

afterEach(async () => {
  await proxy.close();
  engine.close();
  engine.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

/** Status and body, or why there is none. */
async function ask(method: string, path: string, body = ''): Promise<string> {
  const socketPath = proxy.host.replace('unix://', '');
  const sent = request({ socketPath, method, path, agent: false });
  sent.end(body);
  try {
    const [reply] = (await once(sent, 'response')) as [IncomingMessage];
    let text = '';
    for await (const piece of reply as AsyncIterable<Buffer>) text += piece.toString();
    return `${reply.statusCode} ${text}`;
  } catch (error) {
    return `error ${(error as NodeJS.ErrnoException).code}`;
  }
}

it('passes on what is asked and answered', async () => {
  expect(await ask('POST', '/v1.41/containers/create?name=x', 'a body')).toBe(
    '200 {"said":"a body"}',
  );
  expect(asked).toEqual(['POST /v1.41/containers/create?name=x a body']);
  expect(proxy.seen).toMatchObject([
    { number: 0, method: 'POST', path: '/containers/create', status: 200 },
  ]);
  expect(proxy.seen[0]!.query.get('name')).toBe('x');
});

it('passes on a connection that is taken over, both ways', async () => {
  const socketPath = proxy.host.replace('unix://', '');
  const headers = { Connection: 'Upgrade', Upgrade: 'tcp' };
  const sent = request({ socketPath, method: 'POST', path: '/containers/x/attach', headers });
  sent.end();
  const [, socket, head] = (await once(sent, 'upgrade')) as [unknown, Socket, Buffer];
  socket.write('hi');
  let text = head.toString();
  for await (const piece of socket as AsyncIterable<Buffer>) text += piece.toString();
  expect(text).toBe('hello you said hi');
});

it('answers in place of the engine, so often as it is told', async () => {
  const instead = jsonAnswer(418, { teapot: true });
  proxy.rules = [{ on: onPath('GET', /^\/info$/), times: 1, instead }];
  expect(await ask('GET', '/info')).toBe('418 {"teapot":true}');
  expect(asked).toEqual([]);
  expect(await ask('GET', '/info')).toBe('200 {"said":"nothing"}');
});

it('closes without an answer, and asks the engine nothing', async () => {
  proxy.rules = [{ on: onEvery, instead: 'close' }];
  expect(await ask('GET', '/info')).toBe('error ECONNRESET');
  expect(asked).toEqual([]);
});

it('tells the moments before and after the engine has answered', async () => {
  const told: number[] = [];
  const note = (): void => void told.push(asked.length);
  proxy.rules = [{ on: STEPS.create, asked: note, answered: note }];
  await ask('POST', '/containers/create');
  expect(told).toEqual([0, 1]);
});

it('exchanges status, head and body', async () => {
  proxy.rules = [
    { on: onEvery, rewrite: (answer) => ({ ...answer, status: 500, body: Buffer.from('no') }) },
  ];
  expect(await ask('GET', '/info')).toBe('500 no');
});

it('breaks an answer, and ends one too soon', async () => {
  proxy.rules = [{ on: onEvery, times: 1, wire: (bytes) => wires.reset(bytes, 20) }];
  expect(await ask('GET', '/info')).toMatch(/^error /);
  proxy.rules = [{ on: onEvery, wire: wires.halfClose(20) }];
  expect(await ask('GET', '/info')).toMatch(/^error /);
});

it('splits and merges without changing a byte', async () => {
  for (const wire of [
    (bytes: AsyncIterable<Buffer>) => wires.split(bytes, 1),
    (bytes: AsyncIterable<Buffer>) => wires.merge(bytes, 5),
  ]) {
    proxy.rules = [{ on: onEvery, wire }];
    expect(await ask('GET', '/info')).toBe('200 {"said":"nothing"}');
  }
});

it('says nothing until it is cut', async () => {
  proxy.rules = [{ on: onEvery, instead: 'silence' }];
  const asking = ask('GET', '/info');
  while (proxy.seen.length === 0) await new Promise(setImmediate);
  proxy.cut();
  expect(await asking).toBe('error ECONNRESET');
});

it('spoils answers in the same way for the same seed', async () => {
  const spoilt = async (seed: number): Promise<string> => {
    const { change } = chooseMutation(new Random(seed), false);
    proxy.rules = [{ on: onEvery, ...change }];
    return ask('GET', '/info');
  };
  const first: string[] = [];
  for (let seed = 0; seed < 40; seed += 1) first.push(await spoilt(seed));
  for (let seed = 0; seed < 40; seed += 1) expect(await spoilt(seed)).toBe(first[seed]);
  expect(new Set(first).size).toBeGreaterThan(12);
});
