import type { Wire } from './wire.ts';

/** A named value of a config, summary, history or measurement: the value is JSON text. */
export interface Item {
  path: readonly string[];
  json: string;
}

/** Levels of a nested name that are taken. */
const PATH_LIMIT = 32;
/** Furthest a `Date` reaches, in milliseconds from the epoch. */
const TIME_LIMIT = 8.64e15;

/** `nested_key` when it is there, else `key`: older logs have only the latter. */
export function readItem(wire: Wire): Item {
  let key = '';
  let json = '';
  let path: string[] | null = null;
  wire.message((field) => {
    if (field === 16) json = wire.text();
    else if (field === 1) key = wire.text();
    else if (field === 2) path = addName(path, wire.text());
    else return false;
    return true;
  });
  return { path: path ?? [key], json };
}

function addName(path: string[] | null, name: string): string[] {
  if (!path) return [name];
  if (path.length >= PATH_LIMIT) throw new RangeError('a name is nested too deeply');
  path.push(name);
  return path;
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
