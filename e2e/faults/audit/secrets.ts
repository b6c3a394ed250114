import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { dockerSays } from './engine-witness.ts';

const CHUNK = 4 << 20;

/** A place where a secret must not be: its name, and its bytes in pieces. */
export interface Sink {
  name: string;
  pieces: Iterable<Buffer>;
}

/** Forms under which a value is found again: as it is, and as text often carries it. */
const formsOf = (canary: string): Buffer[] => [
  Buffer.from(canary),
  Buffer.from(Buffer.from(canary).toString('base64').replace(/=+$/, '').slice(0, -2)),
  Buffer.from(Buffer.from(canary).toString('hex')),
  Buffer.from(canary, 'utf16le'),
];

/** Which of the values are found in which of the places. */
export function findCanaries(canaries: readonly string[], sinks: Iterable<Sink>): string[] {
  const hits: string[] = [];
  const forms = canaries.flatMap((canary, i) => formsOf(canary).map((bytes) => ({ i, bytes })));
  const overlap = Math.max(...forms.map(({ bytes }) => bytes.length)) - 1;
  for (const { name, pieces } of sinks) {
    const found = new Set<number>();
    let tail = Buffer.alloc(0);
    for (const piece of pieces) {
      const bytes = Buffer.concat([tail, piece]);
      for (const form of forms) if (bytes.includes(form.bytes)) found.add(form.i);
      tail = bytes.subarray(Math.max(0, bytes.length - overlap));
    }
    for (const i of found) hits.push(`canary ${i} is in ${name}`);
  }
  return hits;
}

/** Every file below a folder. */
export function* filesBelow(folder: string): Generator<Sink> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    yield { name: path, pieces: bytesOf(path) };
  }
}

function* bytesOf(path: string): Generator<Buffer> {
  // What is removed meanwhile holds nothing any more.
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const bytes = Buffer.alloc(CHUNK);
      const size = readSync(file, bytes, 0, CHUNK, null);
      if (size === 0) return;
      yield bytes.subarray(0, size);
    }
  } finally {
    closeSync(file);
  }
}

/** The words and variables of every process of this machine but those given. */
export function processes(except: readonly number[]): Sink[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .filter((pid) => !except.includes(Number(pid)))
    .flatMap((pid) =>
      ['cmdline', 'environ'].map((what) => {
        const path = `/proc/${pid}/${what}`;
        return { name: path, pieces: [readOrNothing(path)] };
      }),
    );
}

function readOrNothing(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** What an engine tells everybody of its containers and images. */
export async function engineSinks(host: string): Promise<Sink[]> {
  const list = async (...args: string[]): Promise<string[]> =>
    [...new Set((await dockerSays(host, ...args)).split('\n'))].filter((id) => id !== '');
  const containers = await list('ps', '--all', '--quiet');
  const images = await list('images', '--all', '--quiet');
  const sink = async (name: string, ...args: string[]): Promise<Sink> => ({
    name: `docker ${name}`,
    // What is gone by now tells nobody anything.
    pieces: [Buffer.from(await dockerSays(host, ...args).catch(() => ''))],
  });
  return [
    ...(await Promise.all(containers.map((id) => sink(`inspect ${id}`, 'inspect', id)))),
    ...(await Promise.all(images.map((id) => sink(`history ${id}`, 'history', '--no-trunc', id)))),
    ...(await Promise.all(images.map((id) => sink(`image inspect ${id}`, 'inspect', id)))),
  ];
}
