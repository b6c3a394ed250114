import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';

interface Packed {
  codec: string;
  data: Buffer;
}

interface Part {
  chunk: number;
  start: number;
  length: number;
}

const HEADER = 'slipway tree 1\n';
const SHA = 32;

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const unpack = ({ codec, data }: Packed): Buffer =>
  codec === 'raw' ? data : brotliDecompressSync(data);

/** Recomputes the digest of every blob and tree, and looks for the blobs that trees name. */
export function checkSnapshots(file: string): string[] {
  if (!existsSync(file)) return [];
  const db = new Database(file, { readonly: true, timeout: 10_000 });
  try {
    const sizes = new Map<string, number>();
    return [...checkBlobs(db, sizes), ...checkTrees(db, sizes)];
  } finally {
    db.close();
  }
}

function checkBlobs(db: Database.Database, sizes: Map<string, number>): string[] {
  const problems: string[] = [];
  const parts = db.prepare<[Buffer], Part>(
    'SELECT chunk, start, length FROM blobs WHERE sha = ? ORDER BY part',
  );
  const chunk = db.prepare<[number], Packed>('SELECT codec, data FROM chunks WHERE id = ?');
  for (const { sha } of db.prepare<[], { sha: Buffer }>('SELECT DISTINCT sha FROM blobs').all()) {
    const name = sha.toString('hex');
    const bytes = attempt(() => Buffer.concat(parts.all(sha).map((part) => partOf(chunk, part))));
    if (bytes === null || !sha256(bytes).equals(sha)) problems.push(`blob ${name} is damaged`);
    sizes.set(name, bytes?.length ?? -1);
  }
  return problems;
}

function partOf(chunk: Database.Statement<[number], Packed>, part: Part): Buffer {
  const packed = chunk.get(part.chunk);
  if (!packed) throw new Error(`no chunk ${part.chunk}`);
  return unpack(packed).subarray(part.start, part.start + part.length);
}

function checkTrees(db: Database.Database, sizes: ReadonlyMap<string, number>): string[] {
  const trees = db.prepare<[], Packed & { digest: Buffer }>(
    'SELECT digest, codec, data FROM trees',
  );
  return trees.all().flatMap((row) => {
    const name = row.digest.toString('hex').slice(0, 12);
    const bytes = attempt(() => unpack(row));
    if (bytes === null || !sha256(bytes).equals(row.digest)) return [`tree ${name} is damaged`];
    const files = attempt(() => filesOf(bytes));
    if (files === null) return [`tree ${name} cannot be read`];
    return files
      .filter(({ sha, size }) => size > 0 && sizes.get(sha) !== size)
      .map(({ path }) => `tree ${name}: the content of ${path} is not there`);
  });
}

interface TreeFile {
  path: string;
  sha: string;
  size: number;
}

/** The files in a tree: letter, path, then size and digest of a file, nothing of a folder, a link's target. */
function filesOf(bytes: Buffer): TreeFile[] {
  if (bytes.toString('latin1', 0, HEADER.length) !== HEADER) throw new Error('no header');
  const files: TreeFile[] = [];
  let at = HEADER.length;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new Error('cut');
    return bytes.subarray(at, (at += length));
  };
  const number = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = take(1)[0]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const kind = take(1).toString('latin1');
    const path = take(number()).toString('utf8');
    if (kind === 'l') take(number());
    else if (kind !== 'd') files.push({ path, size: number(), sha: take(SHA).toString('hex') });
  }
  return files;
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
