import { checkName } from '../../shared/domain/names.ts';
import type { ImportedRun, WatchedFolder } from '../../shared/domain/tracked.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import { delay, unlessCancelled, type Scope } from '../scope.ts';
import type { Control } from '../snapshots/snapshots.ts';
import type { ImportOptions, RunImporter } from './run-importer.ts';

/** How often watched folders are looked at: listing some folders costs next to nothing. */
const LOOK_MS = 5000;

export interface ImportRequest {
  folder: string;
  project: string;
  /** Takes runs without a record of their end although they may still be running. */
  unfinished?: boolean;
}

export interface TrackedServiceParts {
  repos: Repos;
  importer: Pick<RunImporter, 'import'>;
  clock: Clock;
  scope: Scope;
}

/** Tracked runs: imported when asked for, and by themselves from the folders that are watched. */
export class TrackedService {
  readonly #parts: TrackedServiceParts;
  /** Resolves when the imports that were asked for before have ended. */
  #last: Promise<void> = Promise.resolve();
  #watching = false;

  constructor(parts: TrackedServiceParts) {
    this.#parts = parts;
  }

  /** See {@link RunImporter.import}. One import at a time: two would fetch the same code twice. */
  import({ folder, ...asked }: ImportRequest, control: Control): Promise<ImportedRun[]> {
    checkName('project', asked.project);
    return this.#inTurn(folder, { unfinished: false, ...asked, patient: false }, control);
  }

  watched(): WatchedFolder[] {
    return this.#parts.repos.tracked.watched();
  }

  /** @throws AppError `E_NAME` */
  watch(folder: string, project: string, enabled: boolean): WatchedFolder[] {
    const { repos, clock } = this.#parts;
    const { id } = repos.projects.ensure(checkName('project', project), clock.now());
    repos.tracked.watch(folder, id, enabled, clock.now());
    return this.watched();
  }

  unwatch(folder: string): WatchedFolder[] {
    this.#parts.repos.tracked.unwatch(folder);
    return this.watched();
  }

  /** Imports what a folder holds and what comes, until the signal fires; tells what was imported. */
  async watchNow(
    request: ImportRequest,
    signal: AbortSignal,
    onImported: (runs: ImportedRun[]) => void,
  ): Promise<void> {
    onImported(await this.import(request, { signal }));
    const { folder, ...asked } = request;
    for (;;) {
      await delay(LOOK_MS, signal);
      const options = { unfinished: false, ...asked, patient: true };
      const runs = await this.#inTurn(folder, options, { signal });
      const fresh = runs.filter(({ outcome }) => outcome === 'imported');
      if (fresh.length > 0) onImported(fresh);
    }
  }

  /**
   * Looks at the watched folders from now on, until the scope ends. A folder with a fault of ours in it
   * is told once, and left alone from then on.
   */
  follow(onFault: (fault: unknown) => void): Promise<void> {
    if (this.#watching) return Promise.resolve();
    this.#watching = true;
    return this.#parts.scope.run(async (signal) => {
      const faulty = new Set<string>();
      for (;;) {
        for (const folder of this.#enabled()) {
          if (faulty.has(folder.folder)) continue;
          await this.#look(folder, signal).catch((fault: unknown) => {
            if (signal.aborted) throw fault;
            faulty.add(folder.folder);
            onFault(fault);
          });
        }
        await delay(LOOK_MS, signal);
      }
    });
  }

  /** None while the database cannot be read: it is asked again soon. */
  #enabled(): WatchedFolder[] {
    try {
      return this.watched().filter(({ enabled }) => enabled);
    } catch (error) {
      if (isFault(error)) throw error;
      return [];
    }
  }

  async #inTurn(folder: string, options: ImportOptions, control: Control): Promise<ImportedRun[]> {
    const before = this.#last;
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#last = before.then(() => ended);
    try {
      await unlessCancelled(before, control.signal, 'The import');
      return await this.#parts.importer.import(folder, options, control);
    } finally {
      end();
    }
  }

  /** A folder that is away, or holds no runs yet, is looked at again the next time. */
  async #look({ folder, projectId }: WatchedFolder, signal: AbortSignal): Promise<void> {
    try {
      const project = this.#parts.repos.projects.list().find(({ id }) => id === projectId);
      if (!project) return;
      const options = { project: project.name, unfinished: false, patient: true };
      await this.#inTurn(folder, options, { signal });
    } catch (error) {
      if (signal.aborted || isFault(error)) throw error;
    }
  }
}

const isFault = (error: unknown): boolean => toErrorData(error).code === 'E_INTERNAL';
