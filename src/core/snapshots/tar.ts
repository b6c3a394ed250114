import { contextNodes } from './build-context.ts';
import { toBytes, type Bytes } from './path-bytes.ts';
import type { TarOptions } from './snapshots.ts';
import type { Store } from './store.ts';
import type { TreeNode } from './tree.ts';

const BLOCK = 512;
const NAME_BYTES = 100;
/** 2 January 1980: the first day that zip files, and so Python wheels, can express in every time zone. */
const FIXED_TIME = 315_619_200;
const LONG_LINK = '././@LongLink';

type TypeFlag = '0' | '2' | '5' | 'L' | 'K';

interface Header {
  name: Bytes;
  type: TypeFlag;
  size: number;
  mode: number;
  target?: Bytes;
}

const octal = (value: number, width: number): string =>
  `${value.toString(8).padStart(width - 1, '0')}\0`;

/**
 * A header in GNU's format (`ustar  ` and two spaces), whose names are plain bytes: a name that does
 * not fit comes before it as the content of an `L` (name) or `K` (target) entry.
 */
function header({ name, type, size, mode, target = '' }: Header): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name.slice(0, NAME_BYTES), 0, 'latin1');
  block.write(octal(mode, 8), 100, 'latin1');
  block.write(octal(0, 8) + octal(0, 8), 108, 'latin1');
  block.write(octal(size, 12) + octal(FIXED_TIME, 12), 124, 'latin1');
  block.write(`        ${type}`, 148, 'latin1');
  block.write(target.slice(0, NAME_BYTES), 157, 'latin1');
  block.write('ustar  \0', 257, 'latin1');
  // The sum is taken with spaces in its own place, and written as six digits, NUL, space.
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148, 'latin1');
  return block;
}

/** What an archive ends with. */
export const END_OF_ARCHIVE: Buffer = Buffer.alloc(BLOCK * 2);

const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

function* longName(type: 'L' | 'K', name: Bytes): Generator<Buffer> {
  if (name.length <= NAME_BYTES) return;
  const content = Buffer.from(`${name}\0`, 'latin1');
  yield header({ name: LONG_LINK, type, size: content.length, mode: 0o644 });
  yield content;
  yield padding(content.length);
}

function* headers(entry: Header): Generator<Buffer> {
  yield* longName('K', entry.target ?? '');
  yield* longName('L', entry.name);
  yield header(entry);
}

/** A plain file with the bytes that `pieces` give: `size` of them. */
export function* fileEntry(
  name: Bytes,
  size: number,
  mode: number,
  pieces: Iterable<Buffer>,
): Generator<Buffer> {
  yield* headers({ name, type: '0', size, mode });
  yield* pieces;
  yield padding(size);
}

function* nodeEntry(
  node: TreeNode,
  name: Bytes,
  { blobs }: Pick<Store, 'blobs'>,
): Generator<Buffer> {
  const { kind, size, content, executable } = node;
  if (kind === 'directory') yield* headers({ name: `${name}/`, type: '5', size: 0, mode: 0o755 });
  else if (kind === 'link') {
    yield* headers({ name, type: '2', size: 0, mode: 0o777, target: content });
  } else {
    yield* fileEntry(name, size, executable ? 0o755 : 0o644, blobs.pieces(content, size));
  }
}

/** The bytes of an archive: equal trees and options give equal bytes. Owner is 0, times are fixed. */
export function* tarPieces(
  store: Pick<Store, 'trees' | 'blobs'>,
  digest: string,
  { prefix, extra, ...part }: TarOptions,
): Generator<Buffer> {
  const nodes = contextNodes(store, digest, part);
  const standIns = new Set(extra.map(({ path }) => toBytes(path)));
  for (const { path, content } of extra) {
    const bytes = Buffer.from(content, 'utf8');
    yield* fileEntry(toBytes(path), bytes.length, 0o644, [bytes]);
  }
  const top = toBytes(prefix.replace(/^\/+|\/+$/g, ''));
  for (const node of nodes) {
    const name = top === '' ? node.path : `${top}/${node.path}`;
    if (!standIns.has(name)) yield* nodeEntry(node, name, store);
  }
  yield END_OF_ARCHIVE;
}

/** Joins small pieces and splits none: each result has at least `size` bytes but for the last. */
export function* gather(pieces: Iterable<Buffer>, size: number): Generator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length < size) continue;
    yield Buffer.concat(held, length);
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(held, length);
}
