/** Where the reader was in a log. */
export interface Place {
  /** Number of the line at the top, in the whole log. */
  number: number;
  following: boolean;
}

const KEY = 'slipway.log-places';
/** Logs remembered, the last ones read. */
const MOST = 100;
const WRITE_AFTER_MS = 400;

function readStored(): Map<string, Place> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    if (!Array.isArray(stored)) return new Map();
    return new Map(stored.filter(isEntry));
  } catch {
    return new Map();
  }
}

function isEntry(value: unknown): value is [string, Place] {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  const place: unknown = value[1];
  if (typeof place !== 'object' || place === null) return false;
  const { number, following } = place as Record<string, unknown>;
  return typeof number === 'number' && number >= 0 && typeof following === 'boolean';
}

let places: Map<string, Place> | null = null;
let writing: ReturnType<typeof setTimeout> | null = null;

function write(): void {
  writing = null;
  const last = [...(places ?? [])].slice(-MOST);
  localStorage.setItem(KEY, JSON.stringify(last));
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
