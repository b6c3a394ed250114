import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../../shared/domain/run.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Engine } from '../engines/engine.ts';
import { valueMasker } from '../logs/mask-values.ts';
import { findRunFolders } from '../tracked/find-run-folders.ts';
import type { TrackedRun, TrackedValues } from '../tracked/tracked-run.ts';
import { inputTypes, outputTypes } from '../tracked/value-types.ts';
import { plainValues } from './plain-values.ts';
import type { ReadSession } from './read-session.ts';

export interface OwnResultsParts {
  repos: Repos;
  clock: Clock;
  /** Holds a folder for each run that tracked something. */
  folder: string;
  openSession(): ReadSession;
}

/** What Slipway's own runs tracked with the W&B SDK: taken from the engine and read as any other. */
export class OwnResults {
  readonly #parts: OwnResultsParts;

  constructor(parts: OwnResultsParts) {
    this.#parts = parts;
  }

  /**
   * Takes the run folders of an ended attempt before it is removed. Done again after a crash, it goes on
   * with what was taken then, of which the engine may have nothing more. A run whose results cannot be
   * read is no worse for it: the reason is a line of its timeline. The secrets of the run are masked in
   * what is stored; where they are not known any more (null), nothing is. Throws only when it was cancelled.
   */
  async take(
    run: Run,
    engine: Engine,
    ref: string,
    masks: readonly Buffer[] | null,
    signal: AbortSignal,
  ): Promise<void> {
    const { repos, clock } = this.#parts;
    const folder = join(this.#parts.folder, run.id);
    if (masks === null) {
      const text =
        'What the run tracked was not kept: its secrets could not be masked in it any more.';
      return repos.runs.note(run.id, text, clock.now());
    }
    try {
      await collectInto(folder, engine, ref, signal);
      await this.#read(run, folder, masks, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const { message } = toErrorData(error);
      repos.runs.note(run.id, `What the run tracked could not be read: ${message}`, clock.now());
    }
  }

  /** A program may start several; the newest has the results it ended with. */
  async #read(
    run: Run,
    folder: string,
    masks: readonly Buffer[],
    signal: AbortSignal,
  ): Promise<void> {
    const [newest] = existsSync(folder) ? await findRunFolders(folder, signal) : [];
    if (!newest) return this.#learnLive(run);
    const session = this.#parts.openSession();
    try {
      const texts = masks.map((each) => each.toString('utf8'));
      const request = { folder: newest.folder, runId: run.id, console: false, masks: texts };
      const read = await session.read(request, signal);
      const { repos } = this.#parts;
      const masked = valueMasker(masks).values({ config: read.config, summary: read.summary });
      const known = { ...masked, exitCode: read.exitCode };
      const { config, summary } = withLive(known, repos.runs.get(run.id));
      const tracked = { folder: read.folder, runId: read.runId };
      const results = { config: plainValues(config), summary: plainValues(summary), tracked };
      repos.results.set(run.id, results);
      const types = { inputs: inputTypes(config), outputs: outputTypes(summary) };
      repos.jobs.learnTypes(run.versionId, types);
    } finally {
      await session.close();
    }
  }

  /** The shapes of what was seen while it ran, of a run that left nothing behind. */
  #learnLive({ id, versionId }: Run): void {
    const { repos } = this.#parts;
    const live = repos.runs.get(id);
    if (!live?.summary) return;
    const { config, summary } = live;
    const types = {
      inputs: inputTypes((config ?? {}) as TrackedValues),
      outputs: outputTypes(summary as TrackedValues),
    };
    repos.jobs.learnTypes(versionId, types);
  }
}

/** The file of a run that was killed may lack what was seen while it ran: that is newer then. */
function withLive(
  { exitCode, config, summary }: Pick<TrackedRun, 'exitCode' | 'config' | 'summary'>,
  live: Run | null,
): Pick<TrackedRun, 'config' | 'summary'> {
  if (exitCode !== null) return { config, summary };
  return {
    config: { ...config, ...(live?.config as TrackedValues | null) },
    summary: { ...summary, ...(live?.summary as TrackedValues | null) },
  };
}

/** All that the engine has now is in `folder` then, or what is there already stays. */
async function collectInto(
  folder: string,
  engine: Engine,
  ref: string,
  signal: AbortSignal,
): Promise<void> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  try {
    const isTaken = await engine.collect(ref, part, signal);
    if (!isTaken || !existsSync(part)) return;
    await rm(folder, { recursive: true, force: true });
    await rename(part, folder);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}
