import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { parentPath, showBytes, type Bytes } from './path-bytes.ts';

/** One entry of a tree, with exact bytes. */
export interface TreeNode {
  path: Bytes;
  kind: TreeEntry['kind'];
  /** Bytes of a file; 0 otherwise. */
  size: number;
  executable: boolean;
  /** SHA-256 of a file (64 hex digits), the target of a link as bytes, empty for a folder. */
  content: string;
}

const HEADER = 'slipway tree 1\n';
const SHA_BYTES = 32;
const MAX_VARINT = 8;
const CODES = { directory: 'd', link: 'l' } as const;

const codeOf = (node: TreeNode): string =>
  node.kind === 'file' ? (node.executable ? 'x' : 'f') : CODES[node.kind];

/** Order of entries: by the bytes of the path. */
export const byPath = (a: { path: Bytes }, b: { path: Bytes }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

function writeVarint(out: Buffer, at: number, value: number): number {
  let rest = value;
  while (rest >= 0x80) {
    out[at++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  out[at++] = rest;
  return at;
}

function writeNode(out: Buffer, start: number, node: TreeNode): number {
  let at = start + out.write(codeOf(node), start, 'latin1');
  at = writeVarint(out, at, node.path.length);
  at += out.write(node.path, at, 'latin1');
  if (node.kind === 'file') {
    at = writeVarint(out, at, node.size);
    return at + out.write(node.content, at, 'hex');
  }
  if (node.kind === 'directory') return at;
  at = writeVarint(out, at, node.content.length);
  return at + out.write(node.content, at, 'latin1');
}

/**
 * The canonical encoding of a tree: a header line, then per entry in path order a letter (`f` file,
 * `x` executable file, `d` folder, `l` link), the path, and the size and SHA-256 of a file or the
 * target of a link. Numbers are LEB128; paths and targets are preceded by their length in bytes.
 */
export function encodeTree(nodes: readonly TreeNode[]): Buffer {
  let room = HEADER.length;
  for (const { path, content } of nodes) {
    room += 1 + MAX_VARINT * 2 + path.length + Math.max(SHA_BYTES, content.length);
  }
  const out = Buffer.allocUnsafe(room);
  let at = out.write(HEADER, 0, 'latin1');
  for (const node of nodes) at = writeNode(out, at, node);
  return out.subarray(0, at);
}

/** SHA-256 of an encoded tree, 64 hex digits. */
export const treeDigest = (encoded: Buffer): string =>
  createHash('sha256').update(encoded).digest('hex');

const damaged = (): AppError =>
  new AppError('E_DB_DAMAGED', 'The list of files of this snapshot is damaged.', {
    next: 'Take the snapshot again, or restore a backup of snapshots.db.',
  });

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(length: number, encoding: 'latin1' | 'hex' = 'latin1'): string {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw damaged();
    const text = this.#bytes.toString(encoding, this.#at, end);
    this.#at = end;
    return text;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let byte = 0x80; byte >= 0x80; scale *= 0x80) {
      const next = this.#bytes[this.#at++];
      if (next === undefined || scale > Number.MAX_SAFE_INTEGER) throw damaged();
      byte = next;
      value += (byte & 0x7f) * scale;
    }
    return value;
  }
}

function readNode(reader: Reader): TreeNode {
  const code = reader.take(1);
  const path = reader.take(reader.varint());
  const node = { path, size: 0, executable: false, content: '' };
  if (code === 'd') return { ...node, kind: 'directory' };
  if (code === 'l') return { ...node, kind: 'link', content: reader.take(reader.varint()) };
  if (code !== 'f' && code !== 'x') throw damaged();
  const size = reader.varint();
  const content = reader.take(SHA_BYTES, 'hex');
  return { path, kind: 'file', size, executable: code === 'x', content };
}

const isPlainSegment = (segment: string): boolean =>
  segment !== '' && segment !== '.' && segment !== '..' && !segment.includes('\0');

/**
 * Decodes a tree and checks that it can be written anywhere safely: every path is relative and
 * plain, comes once and in order, and lies in a folder of the same tree (so never behind a link).
 * More than `limit` entries count as damage.
 */
export function decodeTree(encoded: Buffer, limit = Infinity): TreeNode[] {
  const reader = new Reader(encoded);
  if (reader.take(HEADER.length) !== HEADER) throw damaged();
  const nodes: TreeNode[] = [];
  const folders = new Set(['']);
  let last = '';
  while (!reader.ended) {
    const node = readNode(reader);
    if (node.path <= last || !node.path.split('/').every(isPlainSegment)) throw damaged();
    if (!folders.has(parentPath(node.path))) throw damaged();
    if (node.kind === 'directory') folders.add(node.path);
    last = node.path;
    nodes.push(node);
    if (nodes.length > limit) throw damaged();
  }
  return nodes;
}

/** A node as it is shown: names as text, a link's target as text. */
export function toTreeEntry(node: TreeNode): TreeEntry {
  const { kind, size, executable } = node;
  const content = kind === 'link' ? showBytes(node.content) : node.content || null;
  return { path: showBytes(node.path), kind, size, executable, content };
}
