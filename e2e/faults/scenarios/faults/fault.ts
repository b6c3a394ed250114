import type { Expected } from '../../audit/auditor.ts';
import type { Stage } from '../../bench/stage.ts';
import type { LinesSpec } from '../../job/reference.ts';

export const END_MS = 60_000;

/** One fault of the catalogue, done once on a stage whose core executes. */
export interface SingleFault {
  id: string;
  /** How it is injected, in words. */
  how: string;
  /**
   * Does it and looks at what is promised.
   * @returns what was seen, in words
   * @throws Error with what was not as promised
   */
  inject(stage: Stage): Promise<string>;
}

/** Thrown by a fault that cannot be injected on this machine: no failure, and told. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

/** A job that prints for so many seconds. */
export const linesFor = (seconds: number, more: Partial<LinesSpec> = {}): LinesSpec => ({
  ...{ seed: 7, lines: Math.round(seconds * 500), width: 40, rate: 500, exitCode: 0 },
  ...more,
});

/** @throws Error unless it is so */
export function must(isSo: boolean, text: string): asserts isSo {
  if (!isSo) throw new Error(text);
}

/** Launches a run and waits until it runs. Returns its id. */
export async function startLines(stage: Stage, prints: LinesSpec): Promise<string> {
  const runId = await stage.place.launchLines(prints);
  await stage.trace.until(runId, ({ state, ended }) => state === 'running' || ended, END_MS);
  return runId;
}

/**
 * Waits for the end of a run and audits all.
 * @returns how it ended, in words
 * @throws Error with what the auditor found
 */
export async function endOf(
  stage: Stage,
  runId: string,
  expected: Omit<Expected, 'runId'>,
): Promise<string> {
  await stage.untilEnded(runId, END_MS);
  const run = stage.trace.of(runId)!;
  const found = await stage.audit([{ runId, ...expected }]);
  if (found.length > 0) throw new Error(found.map(({ text }) => text).join('; '));
  return `${run.state} (${run.reason})`;
}

/** The last container of a run, by Docker's own list. */
export async function containerOf(stage: Stage, runId: string): Promise<string> {
  const { seeContainers } = await import('../../audit/engine-witness.ts');
  const found = await seeContainers(stage.engine.host);
  const own = found.find(({ name }) => name.startsWith(`slipway-${runId}-`));
  must(own !== undefined, `run ${runId} has no container`);
  return own.id;
}
