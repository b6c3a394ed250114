import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Head } from './rule.ts';

type Bytes = AsyncIterable<Buffer>;

/** Headers that are about the connection, which is another one on this side. */
const OF_CONNECTION = ['connection', 'transfer-encoding', 'content-length', 'keep-alive'];

/** The head without what is about its connection. */
export function plainHead({ status, reason, headers }: Head): Head {
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if (OF_CONNECTION.includes(headers[i]!.toLowerCase())) continue;
    kept.push(headers[i]!, headers[i + 1]!);
  }
  return { status, reason, headers: kept };
}

export function headBytes({ status, reason, headers }: Head): Buffer {
  let text = `HTTP/1.1 ${status} ${reason}\r\n`;
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  return Buffer.from(`${text}\r\n`, 'latin1');
}

/** Statuses that never have a body. */
const isEmpty = (status: number): boolean => status === 204 || status === 304 || status < 200;

/** An answer that has an end, as it goes over the wire. */
export async function* answerBytes(answer: Answer, method: string): Bytes {
  const { headers } = plainHead(answer);
  const length = isEmpty(answer.status) ? [] : ['Content-Length', String(answer.body.length)];
  yield headBytes({ ...answer, headers: [...headers, ...length, 'Connection', 'close'] });
  if (method !== 'HEAD' && !isEmpty(answer.status)) yield answer.body;
}

/** An answer whose body comes as it comes, in chunks as HTTP has them. */
export async function* chunkedBytes(head: Head, body: Bytes, method: string): Bytes {
  const { headers } = plainHead(head);
  const isBodyless = method === 'HEAD' || isEmpty(head.status);
  const framing = isBodyless ? [] : ['Transfer-Encoding', 'chunked'];
  yield headBytes({ ...head, headers: [...headers, ...framing, 'Connection', 'close'] });
  if (isBodyless) return;
  for await (const piece of body) {
    if (piece.length === 0) continue;
    yield Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, LINE_END]);
  }
  yield Buffer.from('0\r\n\r\n');
}

const LINE_END = Buffer.from('\r\n');

/** Passes this many bytes and then does something else. */
async function* upTo(bytes: Bytes, limit: number): Bytes {
  let left = limit;
  for await (const piece of bytes) {
    if (piece.length >= left) {
      if (left > 0) yield piece.subarray(0, left);
      return;
    }
    left -= piece.length;
    yield piece;
  }
}

/** What can be done to the bytes of an answer. */
export const wires = {
  /** Ends in order after so many bytes. */
  halfClose: (limit: number) => (bytes: Bytes) => upTo(bytes, limit),
  /** Breaks after so many bytes. */
  async *reset(bytes: Bytes, limit: number): Bytes {
    yield* upTo(bytes, limit);
    throw new Error('reset');
  },
  /** Says nothing more after so many bytes. */
  async *silence(bytes: Bytes, limit: number): Bytes {
    yield* upTo(bytes, limit);
    await new Promise(() => undefined);
  },
  /** In pieces of at most so many bytes, each a packet of its own. */
  async *split(bytes: Bytes, size: number): Bytes {
    let sent = 0;
    for await (const piece of bytes) {
      for (let at = 0; at < piece.length; at += size) {
        yield piece.subarray(at, at + size);
        // Each in a turn of its own, but not for megabytes.
        if (++sent < 2000) await new Promise(setImmediate);
      }
    }
  },
  /** What comes within a time goes on together. */
  async *merge(bytes: Bytes, ms: number): Bytes {
    const iterator = bytes[Symbol.asyncIterator]();
    let next = iterator.next();
    for (;;) {
      const parts: Buffer[] = [];
      const first = await next;
      if (first.done) return;
      parts.push(first.value);
      next = iterator.next();
      const late = sleep(ms, 'late' as const);
      for (;;) {
        const more = await Promise.race([next, late]);
        if (more === 'late' || more.done) break;
        parts.push(more.value);
        next = iterator.next();
      }
      yield Buffer.concat(parts);
    }
  },
};
