import { useState } from 'react';
import type { QueueEntry } from '../../../shared/domain/queue.ts';
import type { Known } from './waiting-rows.ts';

/** Rows on each side of the one with the focus that stay known, for the arrow keys. */
const NEAR = 24;

const placeOf = ({ position }: QueueEntry): number => position - 1;

/** The place of a run that is known. */
export function placeIn(known: Known, id: string | null): number | null {
  return [...known].find(([, { run }]) => run.id === id)?.[0] ?? null;
}

/** What was read last, with what was known before around one run, which may be far from it. */
export function keepNear(before: Known, read: readonly QueueEntry[], around: string | null): Known {
  const known = new Map(read.map((entry) => [placeOf(entry), entry]));
  const center = placeIn(before, around);
  if (center === null || known.has(center)) return known;
  const ids = new Set(read.map(({ run }) => run.id));
  for (const [place, entry] of before) {
    const isNear = Math.abs(place - center) <= NEAR;
    if (isNear && !known.has(place) && !ids.has(entry.run.id)) known.set(place, entry);
  }
  return known;
}

/** The runs that are known: those that were read, and those around the one with the focus. */
export function useKnown(read: readonly QueueEntry[], focused: string | null): Known {
  const [have, setHave] = useState<{ read: readonly QueueEntry[]; known: Known } | null>(null);
  if (have?.read === read) return have.known;
  const known = keepNear(have?.known ?? new Map(), read, focused);
  setHave({ read, known });
  return known;
}
