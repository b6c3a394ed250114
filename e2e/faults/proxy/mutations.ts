import type { Random } from '../random.ts';
import type { Answer, Rule } from './rule.ts';
import { wires } from './wire.ts';

type Bytes = AsyncIterable<Buffer>;
type Change = Pick<Rule, 'instead' | 'rewrite' | 'wire'>;

const HTML = Buffer.from('<!doctype html><title>502</title><h1>Bad gateway</h1>');

const withBody = (answer: Answer, body: Buffer | string): Answer => ({
  ...answer,
  body: Buffer.from(body),
});

const withHead = (answer: Answer, ...headers: string[]): Answer => ({
  ...answer,
  headers: [...answer.headers, ...headers],
});

/** Every value in a document exchanged for one of another kind. */
function ofOtherKinds(text: string): string {
  const change = (_: string, value: unknown): unknown => {
    if (typeof value === 'string') return value.length;
    if (typeof value === 'number') return String(value);
    return typeof value === 'boolean' ? null : value;
  };
  try {
    return JSON.stringify(JSON.parse(text), change);
  } catch {
    return text;
  }
}

/** What is done to the head or the body of a whole answer. */
const REWRITES: Record<string, (answer: Answer, random: Random) => Answer> = {
  'status 500': (answer) => ({ ...answer, status: 500 }),
  'status 409': (answer) => ({ ...answer, status: 409 }),
  'status 404': (answer) => ({ ...answer, status: 404 }),
  'status 400': (answer) => ({ ...answer, status: 400 }),
  'status 204': (answer) => ({ ...answer, status: 204 }),
  'status 299': (answer) => ({ ...answer, status: 299 }),
  'redirect to /info': (answer) => ({ ...withHead(answer, 'Location', '/info'), status: 301 }),
  'redirect elsewhere': (answer) => ({
    ...withHead(answer, 'Location', 'http://127.0.0.1:9/'),
    status: 307,
  }),
  html: (answer) => ({ ...withBody(answer, HTML), status: 502 }),
  'html with status 200': (answer) => ({ ...withBody(answer, HTML), status: 200 }),
  empty: (answer) => withBody(answer, ''),
  null: (answer) => withBody(answer, 'null'),
  list: (answer) => withBody(answer, '[]'),
  object: (answer) => withBody(answer, '{}'),
  text: (answer) => withBody(answer, '"ok"'),
  deep: (answer) => withBody(answer, '['.repeat(20_000) + ']'.repeat(20_000)),
  'cut in half': (answer) => withBody(answer, answer.body.subarray(0, answer.body.length / 2)),
  twice: (answer) => withBody(answer, Buffer.concat([answer.body, answer.body])),
  noise: (answer, random) => withBody(answer, random.bytes(random.between(1, 2000))),
  'other kinds': (answer) => withBody(answer, ofOtherKinds(answer.body.toString())),
  'long words': (answer) =>
    withBody(answer, answer.body.toString().replaceAll(/:"[^"]*"/g, `:"${'x'.repeat(5000)}"`)),
  'large header': (answer) => withHead(answer, 'X-Large', 'x'.repeat(9000)),
  'header too large': (answer) => withHead(answer, 'X-Large', 'x'.repeat(100_000)),
  'many headers': (answer) =>
    withHead(answer, ...Array.from({ length: 4000 }, (_, i) => (i % 2 ? 'x' : `X-${i}`))),
  'two lengths': (answer) => withHead(answer, 'Content-Length', '7'),
  'other type': (answer) => withHead(answer, 'Content-Type', 'application/octet-stream'),
};

/** What is done to the bytes on the wire; also to streams without an end. */
const WIRES: Record<string, (random: Random) => (bytes: Bytes) => Bytes> = {
  'half-closed': (random) => wires.halfClose(random.between(0, 2000)),
  reset: (random) => {
    const limit = random.between(0, 2000);
    return (bytes) => wires.reset(bytes, limit);
  },
  'byte by byte': () => (bytes) => wires.split(bytes, 1),
  'in pieces': (random) => {
    const size = random.between(2, 200);
    return (bytes) => wires.split(bytes, size);
  },
  merged: (random) => {
    const ms = random.between(1, 60);
    return (bytes) => wires.merge(bytes, ms);
  },
  'bytes flipped': (random) => flipped(random),
  'bytes put in': (random) => putIn(random),
  'bytes left out': (random) => leftOut(random),
  'head only noise': (random) => {
    const noise = random.bytes(random.between(1, 300));
    return () => only(noise);
  },
};

/** About one byte in two hundred is another one. */
function flipped(random: Random): (bytes: Bytes) => Bytes {
  return async function* (bytes) {
    for await (const piece of bytes) {
      const changed = Buffer.from(piece);
      for (let at = random.between(0, 200); at < changed.length; at += random.between(1, 400)) {
        changed[at] = random.between(0, 256);
      }
      yield changed;
    }
  };
}

function putIn(random: Random): (bytes: Bytes) => Bytes {
  return async function* (bytes) {
    for await (const piece of bytes) {
      const at = random.between(0, piece.length + 1);
      yield Buffer.concat([piece.subarray(0, at), random.bytes(8), piece.subarray(at)]);
    }
  };
}

function leftOut(random: Random): (bytes: Bytes) => Bytes {
  return async function* (bytes) {
    for await (const piece of bytes) {
      const at = random.between(0, piece.length + 1);
      yield Buffer.concat([piece.subarray(0, at), piece.subarray(at + random.between(1, 20))]);
    }
  };
}

async function* only(bytes: Buffer): Bytes {
  yield bytes;
}

/** One way to spoil an answer. */
export interface Mutation {
  name: string;
  change: Change;
}

/** @param stream whether the answer has no end of its own: only its bytes can be spoiled then */
export function chooseMutation(random: Random, stream: boolean): Mutation {
  if (stream || random.next() < 0.4) {
    const name = random.pick(Object.keys(WIRES));
    return { name, change: { wire: WIRES[name]!(random) } };
  }
  const name = random.pick(Object.keys(REWRITES));
  const rewrite = REWRITES[name]!;
  return { name, change: { rewrite: (answer) => rewrite(answer, random) } };
}
