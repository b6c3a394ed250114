import { isRecord } from '../../shared/is-record.ts';

const keyOf = (name: string): string => `slipway.${name}`;

/** What the window kept under a name; null for nothing, and for what cannot be read: as at the first time. */
export function readKept(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null');
  } catch {
    return null;
  }
}

/** Values by name that the window kept; none of them is checked. */
export function readKeptValues(name: string): Record<string, unknown> {
  const kept = readKept(name);
  return isRecord(kept) ? kept : {};
}

/** Keeps a value for the next start; with no room left for it, it holds until the window is closed. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // What is kept here is a convenience: nothing fails for it.
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string';

export const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(isText);

/** The texts of a list that was kept; of anything else none. */
export const textsOf = (kept: unknown): string[] =>
  Array.isArray(kept) ? kept.filter(isText) : [];
