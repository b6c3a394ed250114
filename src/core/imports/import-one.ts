import { toErrorData } from '../../shared/errors.ts';
import { versionLabel, type JobVersion } from '../../shared/domain/job.ts';
import type { ImportedRun } from '../../shared/domain/tracked.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { LogStore } from '../logs/log-store.ts';
import type { SeriesStore } from '../metrics/series-store.ts';
import type { Control } from '../snapshots/snapshots.ts';
import { clippedNotes, knownTags } from '../marks/recorded-marks.ts';
import type { TrackedRun } from '../tracked/tracked-run.ts';
import type { Fingerprint } from './fingerprint.ts';
import { plainValues } from './plain-values.ts';
import type { ReadSession } from './read-session.ts';
import { endOf } from './run-end.ts';
import type { TrackedJobs } from './tracked-jobs.ts';

/** A run without an exit record whose files changed this lately may still be running. */
const QUIET_MS = 15 * 60_000;
/** When to look again at what may be running, and at what failed: a network may be away for long. */
const AGAIN_RUNNING_MS = 60_000;
const AGAIN_FAILED_MS = 10 * 60_000;

export interface ImportParts {
  repos: Repos;
  clock: Clock;
  series: SeriesStore;
  logs: LogStore;
  jobs: TrackedJobs;
}

export interface OneRun {
  session: ReadSession;
  folder: string;
  /** Slipway's id of the run, new or that of an earlier import. */
  runId: string;
  fingerprint: Fingerprint;
  project: string;
  /** Takes what may still be running as it is now. */
  unfinished: boolean;
}

/** What became of one run, and in how many ms it is worth another look; null when it is settled. */
export interface Looked {
  result: ImportedRun;
  again: number | null;
}

/** Imports one run folder. Throws only when it was cancelled. */
export async function importOne(
  parts: ImportParts,
  one: OneRun,
  control: Control,
): Promise<Looked> {
  try {
    const looked = await readAndStore(parts, one, control);
    if (looked.result.outcome === 'skipped') await discard(parts, one.runId);
    return looked;
  } catch (error) {
    await discard(parts, one.runId);
    if (control.signal.aborted) throw error;
    const { message, next } = toErrorData(error);
    const text = next ? `${message} ${next}` : message;
    return { result: skipped(one.folder, text, []), again: AGAIN_FAILED_MS };
  }
}

async function readAndStore(parts: ImportParts, one: OneRun, control: Control): Promise<Looked> {
  const { session, folder, runId, fingerprint, project, unfinished } = one;
  const run = await session.read({ folder, runId, console: true }, control.signal);
  const problems = run.problems.map(({ file, message }) => `${file}: ${message}`);
  if (!unfinished && mayStillRun(run, fingerprint, parts.clock.now())) {
    const text =
      'it seems to be running still: it can be imported when it has ended (or with --unfinished)';
    return { result: skipped(folder, text, problems), again: AGAIN_RUNNING_MS };
  }
  const made = await parts.jobs.make(run, project, control);
  store(parts, runId, run, made.version);
  const label = `${made.jobName}:${versionLabel(made.version)}`;
  const text = made.without === null ? label : `${label}, without its code: ${made.without}`;
  const result = { folder, outcome: 'imported' as const, runId, text, problems };
  // Code that was out of reach may be there another time.
  return { result, again: made.retry ? AGAIN_FAILED_MS : null };
}

function store(
  { repos, clock }: ImportParts,
  runId: string,
  run: TrackedRun,
  version: JobVersion,
): void {
  const job = repos.jobs.get(version.jobId)!;
  const startedAt = run.startedAt ?? run.lastSeenAt ?? clock.now();
  repos.results.import({
    id: runId,
    projectId: job.projectId,
    jobId: job.id,
    versionId: version.id,
    name: run.displayName ?? run.runId,
    creator: run.environment.username ?? run.entity,
    tags: knownTags(run.tags),
    notes: clippedNotes(run.notes ?? ''),
    ...endOf(run),
    entryPoint: [...version.entryPoint, ...run.environment.args],
    config: plainValues(run.config),
    summary: plainValues(run.summary),
    tracked: { folder: run.folder, runId: run.runId },
    startedAt,
    endedAt: endedAt(run) ?? startedAt,
  });
}

/** By the run's own account first: times of the console may be those of another clock. */
function endedAt({ startedAt, runtimeSeconds, endedAt: ended, lastSeenAt, exitCode }: TrackedRun) {
  if (exitCode === null || startedAt === null || !runtimeSeconds) return ended ?? lastSeenAt;
  return startedAt + Math.round(runtimeSeconds * 1000);
}

/** Takes away what was stored while the run was read, unless an earlier import is still shown. */
async function discard({ repos, series, logs }: ImportParts, runId: string): Promise<void> {
  if (repos.runs.get(runId)) return;
  series.clear(runId);
  await logs.remove(runId);
}

const skipped = (folder: string, text: string, problems: string[]): ImportedRun => ({
  folder,
  outcome: 'skipped',
  runId: null,
  text,
  problems,
});

const mayStillRun = (run: TrackedRun, { changedAt }: Fingerprint, now: number): boolean =>
  run.exitCode === null && now - changedAt < QUIET_MS;
