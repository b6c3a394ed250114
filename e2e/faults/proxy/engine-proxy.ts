import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import {
  createServer,
  request,
  type ClientRequest,
  type IncomingMessage,
  type Server,
} from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Answer, Exchange, Head, Rule } from './rule.ts';
import { answerBytes, chunkedBytes, headBytes } from './wire.ts';

type Bytes = AsyncIterable<Buffer>;

/**
 * Stands between Slipway and an engine, on a socket of its own, and does to each request what the rules
 * say; without rules it passes everything on as it is. The first rule that is about a request holds.
 */
export class EngineProxy {
  /** In force from the next request on. */
  rules: Rule[] = [];
  /** Every request so far. */
  readonly seen: Exchange[] = [];
  /** Bytes of answers that were sent so far. */
  sent = 0;
  readonly #engine: string;
  readonly #folder: string;
  readonly #server: Server;
  readonly #open = new Set<Duplex>();
  readonly #used = new Map<Rule, number>();

  private constructor(engine: string, folder: string) {
    this.#engine = engine;
    this.#folder = folder;
    // What is asked may take as long as it takes.
    this.#server = createServer({ requestTimeout: 0, headersTimeout: 0 });
    this.#server.on('request', (message: IncomingMessage) => this.#serve(message, message.socket));
    this.#server.on('upgrade', (message: IncomingMessage, socket: Duplex) =>
      this.#serve(message, socket),
    );
    this.#server.on('connection', (socket: Socket) => this.#keep(socket));
  }

  /** @param host of the engine, as in DOCKER_HOST: a unix socket */
  static async listen(host: string): Promise<EngineProxy> {
    const folder = await mkdtemp(join(tmpdir(), 'faults-proxy-'));
    const proxy = new EngineProxy(host.replace(/^unix:\/\//, ''), folder);
    proxy.#server.listen(proxy.#socket);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** As in DOCKER_HOST. */
  get host(): string {
    return `unix://${this.#socket}`;
  }

  /** Breaks every connection that is open now; new ones are taken as before. */
  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.cut();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #socket(): string {
    return join(this.#folder, 'engine.sock');
  }

  #keep(socket: Duplex): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    // That a side went away is what this is for.
    socket.on('error', () => undefined);
  }

  #serve(message: IncomingMessage, client: Duplex): void {
    const exchange = exchangeOf(message, this.seen.length);
    this.seen.push(exchange);
    const rule = this.#ruleFor(exchange);
    this.#answer(exchange, rule, message, client).catch(() => client.destroy());
  }

  #ruleFor(exchange: Exchange): Rule | undefined {
    const rule = this.rules.find((one) => {
      return (this.#used.get(one) ?? 0) < (one.times ?? Infinity) && one.on(exchange);
    });
    if (rule) this.#used.set(rule, (this.#used.get(rule) ?? 0) + 1);
    return rule;
  }

  async #answer(
    exchange: Exchange,
    rule: Rule | undefined,
    message: IncomingMessage,
    client: Duplex,
  ): Promise<void> {
    await rule?.asked?.(exchange);
    const { instead } = rule ?? {};
    if (instead === 'silence') return;
    if (instead === 'close') return void client.destroy();
    if (instead) {
      message.resume();
      return this.#send(answerBytes(instead, exchange.method), rule, client);
    }
    const reply = await this.#ask(message, client);
    exchange.status = reply.message.statusCode ?? null;
    await rule?.answered?.(exchange);
    const bytes = await bytesOf(reply, exchange, rule);
    if (reply.upgraded) pass(client, reply.upgraded);
    await this.#send(bytes, rule, client);
  }

  /** Sends to the client; the answer is the last thing on its connection. */
  async #send(bytes: Bytes, rule: Rule | undefined, client: Duplex): Promise<void> {
    for await (const piece of rule?.wire?.(bytes) ?? bytes) {
      if (client.destroyed) return;
      this.sent += piece.length;
      if (!client.write(piece)) await drained(client);
    }
    client.end();
  }

  /** The engine's answer, from its head on. */
  #ask(message: IncomingMessage, client: Duplex): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const asked = request({
        socketPath: this.#engine,
        method: message.method ?? 'GET',
        path: message.url ?? '/',
        headers: headersOf(message),
        // One connection each: one that is kept may be closed by the engine in the moment it is used.
        agent: false,
      });
      client.once('close', () => asked.destroy());
      asked.once('error', reject);
      asked.once('response', (reply) => resolve({ message: reply, upgraded: null }));
      asked.once('upgrade', (reply, upgraded, head) => {
        this.#keep(upgraded);
        if (head.length > 0) upgraded.unshift(head);
        client.once('close', () => upgraded.destroy());
        resolve({ message: reply, upgraded });
      });
      passBody(message, asked).catch(reject);
    });
  }
}

/** Bodies up to this size are sent in one piece with their head, as the product does. */
const SMALL = 1 << 20;

/**
 * An engine that has no use for a body may answer and close while it is still being sent; in one piece it
 * is there before.
 */
async function passBody(message: IncomingMessage, asked: ClientRequest): Promise<void> {
  const length = Number(message.headers['content-length'] ?? 0);
  if (message.headers['transfer-encoding'] !== undefined || length > SMALL) {
    message.pipe(asked);
    return;
  }
  const parts: Buffer[] = [];
  if (length > 0) for await (const piece of message as Bytes) parts.push(piece);
  asked.end(Buffer.concat(parts));
}

interface Reply {
  message: IncomingMessage;
  upgraded: Duplex | null;
}

async function bytesOf(
  { message, upgraded }: Reply,
  { method }: Exchange,
  rule: Rule | undefined,
): Promise<Bytes> {
  const head = headOf(message);
  if (upgraded) return upgradedBytes(head, upgraded);
  if (!rule?.rewrite) return chunkedBytes(head, message as Bytes, method);
  const parts: Buffer[] = [];
  for await (const piece of message as Bytes) parts.push(piece);
  const answer: Answer = { ...head, body: Buffer.concat(parts) };
  return answerBytes(rule.rewrite(answer), method);
}

async function* upgradedBytes(head: Head, stream: Duplex): Bytes {
  yield headBytes(head);
  yield* stream as Bytes;
}

/** From the client to the engine, ends included. */
function pass(client: Duplex, engine: Duplex): void {
  client.pipe(engine);
}

const headersOf = ({ rawHeaders }: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) headers[rawHeaders[i]!] = rawHeaders[i + 1]!;
  return headers;
};

const headOf = ({ statusCode, statusMessage, rawHeaders }: IncomingMessage): Head => ({
  status: statusCode ?? 500,
  reason: statusMessage ?? '',
  headers: [...rawHeaders],
});

function exchangeOf({ method, url }: IncomingMessage, number: number): Exchange {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://engine');
  const path = pathname.replace(/^\/v\d+\.\d+(?=\/)/, '');
  return { number, method: method ?? 'GET', path, query: searchParams, status: null };
}

const drained = (stream: Duplex): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
