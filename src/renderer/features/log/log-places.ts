import { isRecord } from '../../../shared/is-record.ts';
import { isText, keep, readKept } from '../../stores/kept.ts';

/** Where the reader was in a log. */
export interface Place {
  /** Number of the line at the top, in the whole log. */
  number: number;
  following: boolean;
}

const KEY = 'log-places';
/** Logs remembered, the last ones read. */
const MOST = 100;
const WRITE_AFTER_MS = 400;

function readStored(): Map<string, Place> {
  const stored = readKept(KEY);
  return new Map(Array.isArray(stored) ? stored.filter(isEntry) : []);
}

function isEntry(value: unknown): value is [string, Place] {
  if (!Array.isArray(value) || !isText(value[0]) || !isRecord(value[1])) return false;
  const { number, following } = value[1];
  return typeof number === 'number' && number >= 0 && typeof following === 'boolean';
}

let places: Map<string, Place> | null = null;
let writing: ReturnType<typeof setTimeout> | null = null;

function write(): void {
  writing = null;
  const last = [...(places ?? [])].slice(-MOST);
  keep(KEY, last);
}

/** Where a log was left, also before the window was opened. */
export function placeLeft(name: string): Place | null {
  places ??= readStored();
  return places.get(name) ?? null;
}

/** Remembers where a log is read. Written a little later: scrolling tells often. */
export function leavePlace(name: string, place: Place): void {
  places ??= readStored();
  places.delete(name);
  places.set(name, place);
  writing ??= setTimeout(write, WRITE_AFTER_MS);
}
