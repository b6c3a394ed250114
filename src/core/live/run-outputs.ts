import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Run } from '../../shared/domain/run.ts';
import type { RunOutput } from '../../shared/domain/run-output.ts';
import { AppError, toErrorData } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Engine } from '../engines/engine.ts';

export interface RunOutputsParts {
  repos: Repos;
  clock: Clock;
  /** Holds a folder for each run that left something behind. */
  folder: string;
}

/** The files that runs were asked to leave behind, taken before their container or folder is removed. */
export class RunOutputs {
  readonly #parts: RunOutputsParts;

  constructor(parts: RunOutputsParts) {
    this.#parts = parts;
  }

  /**
   * Takes what an ended attempt was asked for; done again after a crash, it takes all of it again. What
   * cannot be taken is no reason for a run to fail: it is a line of its timeline. Throws only when it was
   * cancelled.
   */
  async take(run: Run, engine: Engine, ref: string, signal: AbortSignal): Promise<void> {
    const { repos } = this.#parts;
    const paths = repos.specs.of(run.id)?.spec.settings.outputs ?? [];
    if (paths.length === 0) return;
    try {
      const outputs = await this.#collect(run.id, engine, ref, paths, signal);
      repos.outputs.set(run.id, outputs);
      for (const { path, problem } of outputs) {
        if (problem !== null) this.#note(run, `The output ${path} was not kept: ${problem}`);
      }
    } catch (error) {
      if (signal.aborted) throw error;
      this.#note(run, `Its outputs were not kept: ${toErrorData(error).message}`);
    }
  }

  of(runId: string): RunOutput[] {
    return this.#parts.repos.outputs.of(runId);
  }

  /** @throws AppError `E_NOT_FOUND` when the run left nothing behind, or somebody removed it */
  folderOf(runId: string): string {
    const folder = join(this.#parts.folder, runId);
    if (existsSync(folder)) return folder;
    throw new AppError('E_NOT_FOUND', 'There are no files that this run left behind.', {
      next: 'Name the files and folders to keep among the settings of a launch.',
    });
  }

  /** All of it or nothing takes the place of what an earlier try took. */
  async #collect(
    runId: string,
    engine: Engine,
    ref: string,
    paths: string[],
    signal: AbortSignal,
  ): Promise<RunOutput[]> {
    const folder = join(this.#parts.folder, runId);
    const part = `${folder}.part`;
    await rm(part, { recursive: true, force: true });
    await mkdir(dirname(part), { recursive: true });
    try {
      const outputs = await engine.collectOutputs(ref, paths, part, signal);
      await rm(folder, { recursive: true, force: true });
      if (existsSync(part)) await rename(part, folder);
      return outputs;
    } finally {
      await rm(part, { recursive: true, force: true });
    }
  }

  #note({ id }: Run, text: string): void {
    this.#parts.repos.runs.note(id, text, this.#parts.clock.now());
  }
}
