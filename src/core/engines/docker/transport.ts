import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { Duplex, Readable } from 'node:stream';
import { EngineHttpError, ForeignAnswerError } from './engine-errors.ts';

/** What docker-modem hands over for one call (its `dial`). */
export interface DialContext {
  isStream?: boolean;
  hijack?: boolean;
  statusCodes: Record<number, unknown>;
}

export type DialCallback = (error: unknown, answer: unknown) => void;

type DialBody = string | Buffer | Readable | undefined;

/** Answers are small; a flood instead of one is a fault, not a reason to fill the memory. */
const ANSWER_LIMIT = 64 * 1024 * 1024;

/** Silence after which the system asks whether the other side is there. */
const KEEP_ALIVE_MS = 30_000;

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_LIMIT) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Docker puts its errors in JSON; words of another kind are those of a proxy or of another server. */
function errorText(answer: unknown, status: number): string {
  if (typeof answer === 'object' && answer !== null && 'message' in answer) {
    return String(answer.message);
  }
  if (typeof answer === 'string' && answer.trim() !== '') throw new ForeignAnswerError(answer);
  return `HTTP status ${status}`;
}

/** Docker sends no pages, and sends nobody elsewhere: 304 says that nothing was to be done. */
function isForeign({ statusCode = 0, headers }: IncomingMessage): boolean {
  const isElsewhere = statusCode >= 300 && statusCode < 400 && statusCode !== 304;
  return isElsewhere || /^text\/html\b/i.test(headers['content-type'] ?? '');
}

function asJson(text: string): unknown {
  const answer = parseAnswer(text);
  // Not each page says that it is one.
  if (typeof answer === 'string' && answer.startsWith('<')) throw new ForeignAnswerError(answer);
  return answer;
}

async function readResponse(response: IncomingMessage, context: DialContext): Promise<unknown> {
  const status = response.statusCode ?? 0;
  if (isForeign(response)) {
    response.destroy();
    throw new ForeignAnswerError(`HTTP status ${status}`);
  }
  if (context.statusCodes[status] === true) {
    return context.isStream ? response : asJson(await readText(response));
  }
  throw new EngineHttpError(status, errorText(parseAnswer(await readText(response)), status));
}

/** A stream whose consumer has left may still fail; that must not end the process. */
function tolerate<S extends Readable>(stream: S): S {
  stream.on('error', () => undefined);
  return stream;
}

function sendBody(request: ClientRequest, body: DialBody): void {
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) {
    request.end(body);
    return;
  }
  body.on('error', (error) => request.destroy(error));
  // The engine may answer with an error before it has read everything: the rest is not wanted.
  request.on('close', () => body.destroy());
  body.pipe(request);
}

/**
 * Sends one request of docker-modem in place of its own `buildRequest`, which follows redirects
 * (also to other hosts, with unhandled errors) and never calls back when an answer is cut short.
 * Here the callback is called exactly once, whatever the other side does.
 */
export function sendRequest(
  protocol: string,
  options: RequestOptions,
  context: DialContext,
  body: DialBody,
  callback: DialCallback,
): void {
  let settled = false;
  let answered = false;
  const settle: DialCallback = (error, answer) => {
    if (settled) return;
    settled = true;
    callback(error, answer);
  };
  const send = protocol === 'https' ? httpsRequest : httpRequest;
  // A connection of its own per call: none is reused that an engine restart has broken.
  const request = send({ ...options, agent: false });
  // By it the other side of a network that went silent is found out, also while nothing is sent.
  request.setSocketKeepAlive(true, KEEP_ALIVE_MS);
  request.on('error', (error) => settle(error, null));
  request.on('close', () => {
    if (!answered) settle(new Error('socket hang up'), null);
  });
  request.on('upgrade', (_response, socket: Duplex, head: Buffer) => {
    answered = true;
    tolerate(socket);
    if (!context.hijack) {
      socket.destroy();
      return settle(new EngineHttpError(101, 'it changed the protocol unasked'), null);
    }
    if (head.length > 0) socket.unshift(head);
    return settle(null, socket);
  });
  request.on('response', (response) => {
    answered = true;
    tolerate(response);
    readResponse(response, context).then(
      (answer) => settle(null, answer),
      (error: unknown) => settle(error, null),
    );
  });
  sendBody(request, body);
}
