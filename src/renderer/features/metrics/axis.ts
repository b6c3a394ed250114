import type { Domain } from './scale.ts';

/** What all charts of a group share. */
export interface Axis {
  /** The steps of all of them, so that one cursor fits them. */
  steps: Domain;
  /** The part of them that is shown. */
  view: Domain;
  onView: (view: Domain | null) => void;
  /** The step that is pointed at, in any of them. */
  cursor: number | null;
  onCursor: (step: number | null) => void;
  /** A place on it, as short as can be. */
  tickText: (step: number) => string;
  /** What its ticks are round numbers of. */
  unit: number;
}

const MINUTE = 60;
const HOUR = 3600;
const rounded = (value: number): string => String(Number(value.toFixed(1)));

/** What ticks on an axis of seconds are whole numbers of: seconds, minutes or hours. */
export function secondsUnit({ from, to }: Domain): number {
  if (to - from < 2 * MINUTE) return 1;
  return to - from < 2 * HOUR ? MINUTE : HOUR;
}

/** Seconds as an axis tells them: "90 s", "12 min", "2.5 h". */
export function secondsTick(seconds: number): string {
  if (Math.abs(seconds) < 2 * MINUTE) return `${rounded(seconds)} s`;
  if (Math.abs(seconds) < 2 * HOUR) return `${rounded(seconds / MINUTE)} min`;
  return `${rounded(seconds / HOUR)} h`;
}
