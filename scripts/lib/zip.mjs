/**
 * A reader for ordinary zip files (stored or deflated, with or without the 64-bit extension),
 * because a bare machine has no unzip and the set-up may use nothing but Node.
 * It is for archives whose digest has been checked: it does not check each entry's own sum.
 */
import {
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const entrySignature = 0x02014b50;
const fileType = 0o170000;
const linkType = 0o120000;
const folderType = 0o040000;

/**
 * Unpacks a zip file into a folder.
 * @param {string} zipFile
 * @param {string} folder
 * @param {(name: string) => string | undefined} place where an entry goes, relative to the folder; nothing leaves it out
 */
export function unzip(zipFile, folder, place) {
  const file = openSync(zipFile, 'r');
  try {
    for (const entry of readDirectory(file)) {
      const path = place(entry.name);
      if (path !== undefined) writeEntry(file, entry, inside(folder, path));
    }
  } finally {
    closeSync(file);
  }
}

function writeEntry(file, entry, target) {
  const type = entry.mode & fileType;
  if (type === folderType || entry.name.endsWith('/')) {
    mkdirSync(target, { recursive: true });
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  const content = contentOf(file, entry);
  if (type === linkType) {
    symlinkSync(content.toString('utf8'), target);
    return;
  }
  writeFileSync(target, content);
  if (entry.mode & 0o777) chmodSync(target, entry.mode & 0o777);
}

function contentOf(file, entry) {
  const localHeader = readAt(file, entry.offset, 30);
  const skip = 30 + localHeader.readUInt16LE(26) + localHeader.readUInt16LE(28);
  const packed = readAt(file, entry.offset + skip, entry.packedSize);
  if (entry.method === 0) return packed;
  if (entry.method === 8) return inflateRawSync(packed, { maxOutputLength: entry.size || 1 });
  throw new Error(`${entry.name}: unknown zip method ${entry.method}`);
}

function* readDirectory(file) {
  const { offset, size } = directoryPlace(file);
  const bytes = readAt(file, offset, size);
  for (let at = 0; at + 46 <= bytes.length;) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new Error('damaged zip directory');
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const nameEnd = at + 46 + nameLength;
    yield {
      name: bytes.toString('utf8', at + 46, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      mode: bytes.readUInt32LE(at + 38) >>> 16,
      ...sizesOf(bytes, at, bytes.subarray(nameEnd, nameEnd + extraLength)),
    };
    at = nameEnd + extraLength + bytes.readUInt16LE(at + 32);
  }
}

/** Sizes and place of an entry. A field full of ones stands in the 64-bit extra field instead, in this order. */
function sizesOf(bytes, at, extra) {
  let size = bytes.readUInt32LE(at + 24);
  let packedSize = bytes.readUInt32LE(at + 20);
  let offset = bytes.readUInt32LE(at + 42);
  const wide = wideNumbers(extra);
  if (size === 0xffffffff) size = wide.shift();
  if (packedSize === 0xffffffff) packedSize = wide.shift();
  if (offset === 0xffffffff) offset = wide.shift();
  return { size, packedSize, offset };
}

function wideNumbers(extra) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const count = Math.floor(extra.readUInt16LE(at + 2) / 8);
    return Array.from({ length: count }, (_, i) => Number(extra.readBigUInt64LE(at + 4 + i * 8)));
  }
  return [];
}

/** The directory stands at the end of the file, named by a record that a comment may follow. */
function directoryPlace(file) {
  const { size: fileSize } = fstatSync(file);
  const tailStart = Math.max(0, fileSize - 66_000);
  const tail = readAt(file, tailStart, fileSize - tailStart);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endSignature) continue;
    const offset = tail.readUInt32LE(at + 16);
    if (offset !== 0xffffffff) return { offset, size: tail.readUInt32LE(at + 12) };
    const record = readAt(file, Number(tail.readBigUInt64LE(at - 20 + 8)), 56);
    if (record.readUInt32LE(0) !== end64Signature) break;
    return { offset: Number(record.readBigUInt64LE(48)), size: Number(record.readBigUInt64LE(40)) };
  }
  throw new Error('not a zip file');
}

function readAt(file, position, length) {
  const bytes = Buffer.alloc(length);
  const read = readSync(file, bytes, 0, length, position);
  if (read !== length) throw new Error('the zip file ends too early');
  return bytes;
}

function inside(folder, path) {
  const target = resolve(folder, path);
  if (target !== folder && !target.startsWith(folder + sep))
    throw new Error(`unsafe path: ${path}`);
  return target;
}
