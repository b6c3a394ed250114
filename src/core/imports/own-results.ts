import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../../shared/domain/run.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Engine } from '../engines/engine.ts';
import { findRunFolders } from '../tracked/find-run-folders.ts';
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
   * read is no worse for it: the reason is a line of its timeline. Throws only when it was cancelled.
   */
  async take(run: Run, engine: Engine, ref: string, signal: AbortSignal): Promise<void> {
    const { repos, clock } = this.#parts;
    const folder = join(this.#parts.folder, run.id);
    try {
      await collectInto(folder, engine, ref, signal);
      if (existsSync(folder)) await this.#read(run, folder, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const { message } = toErrorData(error);
      repos.runs.note(run.id, `What the run tracked could not be read: ${message}`, clock.now());
    }
  }

  /** A program may start several; the newest has the results it ended with. */
  async #read(run: Run, folder: string, signal: AbortSignal): Promise<void> {
    const [newest] = await findRunFolders(folder, signal);
    if (!newest) return;
    const session = this.#parts.openSession();
    try {
      const request = { folder: newest.folder, runId: run.id, console: false };
      const { config, summary, folder: at, runId } = await session.read(request, signal);
      const { repos } = this.#parts;
      const tracked = { folder: at, runId };
      const results = { config: plainValues(config), summary: plainValues(summary), tracked };
      repos.results.set(run.id, results);
      const types = { inputs: inputTypes(config), outputs: outputTypes(summary) };
      repos.jobs.learnTypes(run.versionId, types);
    } finally {
      await session.close();
    }
  }
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
