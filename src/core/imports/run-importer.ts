import type { ImportedRun } from '../../shared/domain/tracked.ts';
import { newId } from '../db/ids.ts';
import { DELETED, type KnownFolder } from '../db/tracked-repo.ts';
import type { Control } from '../snapshots/snapshots.ts';
import { findRunFolders } from '../tracked/find-run-folders.ts';
import { fingerprintOf, type Fingerprint } from './fingerprint.ts';
import { importOne, type ImportParts } from './import-one.ts';
import type { ReadSession } from './read-session.ts';

export interface ImporterParts extends ImportParts {
  /** The thread that reads is started when it is first needed. */
  openSession(): ReadSession;
}

export interface ImportOptions {
  project: string;
  /** Takes what may still be running as it is now. */
  unfinished: boolean;
  /** Leaves alone for a while what could not be imported lately: for looks that nobody waits for. */
  patient: boolean;
}

/** Imports tracked runs: the job they make, and their metrics, config, summary, console and end. */
export class RunImporter {
  readonly #parts: ImporterParts;
  /** Folders that are not settled, with what was found and when to look again (`clock.monotonic`). */
  readonly #resting = new Map<
    string,
    { result: ImportedRun; fingerprint: string; until: number }
  >();

  constructor(parts: ImporterParts) {
    this.#parts = parts;
  }

  /**
   * Every run in a folder (a run's folder, a `wandb` folder or one that holds it), newest first. What
   * cannot be imported is told and holds up none of the others; what was imported before and is
   * unchanged is left as it is.
   * @throws AppError `E_SOURCE_NOT_FOUND`, `E_CANCELLED`
   */
  async import(folder: string, options: ImportOptions, control: Control): Promise<ImportedRun[]> {
    const found = await findRunFolders(folder, control.signal);
    const results: ImportedRun[] = [];
    const session = this.#parts.openSession();
    try {
      for (const [index, run] of found.entries()) {
        control.onProgress?.({ text: 'Importing runs', done: index, total: found.length });
        const fingerprint = await fingerprintOf(run.folder);
        results.push(
          this.#inBin(run.folder, options.patient) ??
            this.#settled(run.folder, fingerprint, options.patient) ??
            (await this.#look(session, run.folder, fingerprint, options, control)),
        );
      }
    } finally {
      await session.close();
    }
    return results;
  }

  /**
   * A run that a person threw away does not come back by itself, however its folder changes: out of the bin
   * when it is restored, after it was deleted only when an import is asked for.
   */
  #inBin(folder: string, patient: boolean): ImportedRun | null {
    const { tracked, runs } = this.#parts.repos;
    const known = tracked.known(folder);
    const isDeleted = known?.problem === DELETED && known.runId === null;
    if (isDeleted) return patient ? thrownAway(folder, DELETED) : null;
    const run = known?.runId ? runs.get(known.runId) : null;
    return run?.binnedAt ? thrownAway(folder, 'in the bin') : null;
  }

  /** What an earlier look came to, while that still holds. */
  #settled(folder: string, { text }: Fingerprint, patient: boolean): ImportedRun | null {
    const known = this.#parts.repos.tracked.known(folder);
    if (known?.fingerprint === text && known.problem !== DELETED) return this.#told(folder, known);
    const resting = this.#resting.get(folder);
    const holds = patient && resting?.fingerprint === text;
    return holds && this.#parts.clock.monotonic() < resting.until ? resting.result : null;
  }

  async #look(
    session: ReadSession,
    folder: string,
    fingerprint: Fingerprint,
    { project, unfinished }: ImportOptions,
    control: Control,
  ): Promise<ImportedRun> {
    const { repos, clock } = this.#parts;
    const runId = repos.tracked.known(folder)?.runId ?? newId();
    const one = { session, folder, runId, fingerprint, project, unfinished };
    const { result, again } = await importOne(this.#parts, one, control);
    const { text } = fingerprint;
    const problem = result.runId === null ? result.text : null;
    if (again === null || result.runId !== null) {
      // What is to be looked at again matches no fingerprint, but keeps its run.
      const seen = again === null ? text : '';
      repos.tracked.remember(folder, { runId: result.runId, fingerprint: seen, problem });
    }
    if (again !== null) {
      this.#resting.set(folder, { result, fingerprint: text, until: clock.monotonic() + again });
    }
    return result;
  }

  #told(folder: string, { runId, problem }: KnownFolder): ImportedRun {
    const run = runId === null ? null : this.#parts.repos.runs.get(runId);
    const text = run ? `${run.jobName}:v${run.versionNumber}` : (problem ?? 'removed from Slipway');
    const outcome = run ? 'known' : 'skipped';
    return { folder, outcome, runId: run?.id ?? null, text, problems: [] };
  }
}

const thrownAway = (folder: string, text: string): ImportedRun => ({
  folder,
  outcome: 'skipped',
  runId: null,
  text,
  problems: [],
});
