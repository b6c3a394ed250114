import { parseDecimal } from './decimal.ts';
import { parseValue } from './json-values.ts';
import type { TrackedValue } from './tracked-run.ts';
import type { Wire } from './wire.ts';

/** A named value of a config, summary, history or measurement; valid as long as its record. */
export interface Item {
  path: readonly string[];
  /** The value is JSON text: these bytes of the record. */
  bytes: Buffer;
  start: number;
  end: number;
}

/** Levels of a nested name that are taken. */
const PATH_LIMIT = 32;
/** Furthest a `Date` reaches, in milliseconds from the epoch. */
const TIME_LIMIT = 8.64e15;

/** `nested_key` when it is there, else `key`: older logs have only the latter. */
export function readItem(wire: Wire): Item {
  const item: Item = { path: NO_NAME, bytes: wire.bytes, start: 0, end: 0 };
  let nested = false;
  wire.message((field) => {
    if (field === 16) ({ start: item.start, end: item.end } = wire.part());
    else if (field === 1 && !nested) item.path = readName(wire);
    else if (field === 2) {
      item.path = nested ? longer(item.path, readName(wire)) : readName(wire);
      nested = true;
    } else return false;
    return true;
  });
  return item;
}

const NO_NAME: readonly string[] = [''];

function longer(path: readonly string[], name: readonly string[]): readonly string[] {
  if (path.length >= PATH_LIMIT) throw new RangeError('a name is nested too deeply');
  return [...path, ...name];
}

/** The value. Throws for what is no JSON. */
export const itemValue = ({ bytes, start, end }: Item): TrackedValue =>
  parseDecimal(bytes, start, end) ?? parseValue(bytes.toString('utf8', start, end));

/** A name by its bytes, and the place of the one that came after it the last time. */
interface Known {
  bytes: Buffer;
  path: readonly string[];
  next: number;
}

/** Names seen lately: a log repeats few names millions of times, mostly in the same order. */
const KNOWN_NAMES = 4096;
const known = Array.from<Known | undefined>({ length: KNOWN_NAMES });
let last: Known = { bytes: Buffer.alloc(0), path: NO_NAME, next: 0 };
const KNOWN_LENGTH = 64;

function readName(wire: Wire): readonly string[] {
  const { start, end } = wire.part();
  const { bytes } = wire;
  if (end - start > KNOWN_LENGTH) return [bytes.toString('utf8', start, end)];
  let next = known[last.next];
  if (!next || !isAt(next.bytes, bytes, start, end)) {
    last.next = placeOf(bytes, start, end);
    next = known[last.next] = nameAt(last.next, bytes, start, end);
  }
  last = next;
  return next.path;
}

function placeOf(bytes: Buffer, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  return (hash >>> 0) % KNOWN_NAMES;
}

function nameAt(place: number, bytes: Buffer, start: number, end: number): Known {
  const there = known[place];
  if (there && isAt(there.bytes, bytes, start, end)) return there;
  const path = [bytes.toString('utf8', start, end)];
  return { bytes: Buffer.from(bytes.subarray(start, end)), path, next: 0 };
}

function isAt(part: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (part.length !== end - start) return false;
  for (let i = 0; i < part.length; i++) if (part[i] !== bytes[start + i]) return false;
  return true;
}

/** A `Timestamp` (seconds, nanoseconds) as milliseconds; null when it is no date. */
export function readTime(wire: Wire): number | null {
  let time = 0;
  wire.message((field) => {
    if (field === 1) time += wire.int64() * 1000;
    else if (field === 2) time += wire.int32() / 1e6;
    else return false;
    return true;
  });
  return timeOrNull(time);
}

export const timeOrNull = (time: number): number | null =>
  Math.abs(time) <= TIME_LIMIT ? time : null;
