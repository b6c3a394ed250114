import type { RunScope } from '../../../shared/domain/run-list.ts';
import type { Run } from '../../../shared/domain/run.ts';

/** Runs asked for at a time: about as many as a screen shows. */
export const PAGE = 32;
/** Pages asked for at once at most. */
const TOGETHER = 8;

/** Parts of a list, by their place in it: page 1 is of the rows from {@link PAGE} on. */
export type Pages = ReadonlyMap<number, readonly Run[]>;

/** All from one to another. */
export const pagesBetween = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);

/** The pages that one request gets: those from the first needed one on, without a gap. */
export function pagesOf(needed: readonly number[]): number[] {
  const first = Math.min(...needed);
  const last = Math.min(Math.max(...needed), first + TOGETHER - 1);
  // Far apart, as with groups that are closed between them: one at a time.
  const count = last - first + 1 <= needed.length + 2 ? last - first + 1 : 1;
  return Array.from({ length: count }, (_, n) => first + n);
}

export function splitPages(runs: readonly Run[], first: number): [number, readonly Run[]][] {
  const count = Math.max(1, Math.ceil(runs.length / PAGE));
  return Array.from({ length: count }, (_, n) => [first + n, runs.slice(n * PAGE, (n + 1) * PAGE)]);
}

/** The runs, those that are as they were as the same objects: they are not drawn again. */
export function keepSame(runs: readonly Run[], pages: Pages): Run[] {
  const before = new Map([...pages.values()].flat().map((run) => [run.id, run]));
  return runs.map((run) => {
    const had = before.get(run.id);
    return had && JSON.stringify(had) === JSON.stringify(run) ? had : run;
  });
}

/** Whether a run is of a scope. In the bin or out of it, it may just have come or gone. */
export const inScope = (run: Run, { projectId, jobId, sweepId }: RunScope): boolean =>
  (projectId === undefined || run.projectId === projectId) &&
  (jobId === undefined || run.jobId === jobId) &&
  (sweepId === undefined || run.sweep?.id === sweepId);

/** The pages with newer rows in their places. */
export function putNewer(pages: Pages, runs: readonly Run[]): Pages {
  const newer = new Map(runs.map((run) => [run.id, run]));
  return new Map([...pages].map(([at, page]) => [at, page.map((run) => newer.get(run.id) ?? run)]));
}
