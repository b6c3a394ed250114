import { join } from 'node:path';
import type { Json } from '../../../shared/domain/json.ts';
import type { JobVersion } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { Repos } from '../../db/change-feed.ts';
import { noSuchRun } from '../../db/marks-repo.ts';
import type { RunInputs } from '../../db/specs-repo.ts';
import { readSmallText } from '../../regular-file.ts';

/** Values of a run by the names they are shown with. */
export type Named = ReadonlyMap<string, Json>;

/** A run with all that is compared of it. */
export interface ComparedRun {
  run: Run;
  version: JobVersion;
  /** Null for a run that was imported. */
  inputs: RunInputs | null;
  /** The packages that the tracker saw installed; null where it left no list. */
  installed: string | null;
}

/** Longest list of packages that is read, in bytes. */
const LIST_LIMIT = 1 << 20;

type Needed = Pick<Repos, 'runs' | 'jobs' | 'specs'>;

/** @throws AppError `E_NOT_FOUND` */
export async function comparedRun({ runs, jobs, specs }: Needed, id: string): Promise<ComparedRun> {
  const run = runs.get(id);
  if (!run) throw noSuchRun(id);
  const list = run.tracked && join(run.tracked.folder, 'files', 'requirements.txt');
  return {
    run,
    version: jobs.version(run.versionId)!,
    inputs: specs.of(id),
    installed: list && (await readSmallText(list, LIST_LIMIT)),
  };
}
