import type { LogLine } from '../../../shared/contract/log-stream.ts';

/** Lines kept; what is farthest from the view goes first. */
const KEEP = 20_000;

/** Lines read ahead of a reader who scrolls slowly. */
const AHEAD = 400;

/** `count` lines of a view from `first` on. */
export interface Span {
  first: number;
  count: number;
}

/** The lines that are here, by their place in the view. */
export interface LineCache {
  get(index: number): LogLine | undefined;
  put(first: number, lines: readonly LogLine[], around: number): void;
  /** Lines [first, end) may read differently by now: they are shown until they were asked for again. */
  age(first: number, end: number): void;
  clear(): void;
  /** What of these is not here, or has aged, as one stretch for each span at most; `end` is where the log ends. */
  missing(spans: readonly Span[], end: number, taken: (index: number) => boolean): Span[];
}

export function createLineCache(): LineCache {
  const lines = new Map<number, LogLine>();
  const aged = new Set<number>();
  const prune = (around: number): void => {
    if (lines.size <= KEEP) return;
    for (const index of lines.keys()) {
      if (Math.abs(index - around) > KEEP / 4) lines.delete(index);
    }
  };
  return {
    get: (index) => lines.get(index),
    put(first, added, around) {
      added.forEach((line, at) => {
        lines.set(first + at, line);
        aged.delete(first + at);
      });
      prune(around);
    },
    age(first, end) {
      for (let index = first; index < end; index += 1) aged.add(index);
    },
    clear() {
      lines.clear();
      aged.clear();
    },
    missing(spans, end, taken) {
      const here = (index: number): boolean =>
        (lines.has(index) && !aged.has(index)) || taken(index);
      return spans.flatMap((span) => {
        let { first } = span;
        let last = Math.min(end, first + span.count) - 1;
        while (first <= last && here(first)) first += 1;
        while (last > first && here(last)) last -= 1;
        return first <= last ? [ahead({ first, count: last - first + 1 }, span, end)] : [];
      });
    },
  };
}

/** Where only an edge of what is wanted is missing, more in that direction is soon wanted too. */
function ahead(missing: Span, wanted: Span, end: number): Span {
  if (missing.count === Math.min(wanted.count, end - wanted.first)) return missing;
  if (missing.first > wanted.first) {
    return { first: missing.first, count: Math.min(missing.count + AHEAD, end - missing.first) };
  }
  const first = Math.max(0, missing.first - AHEAD);
  return { first, count: missing.first + missing.count - first };
}
