import { treeOf } from '../../../shared/domain/job.ts';
import type { RunChanges, RunComparison } from '../../../shared/domain/run-comparison.ts';
import type { Repos } from '../../db/change-feed.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import { changedCode } from './changed-code.ts';
import { changedValues } from './changed-values.ts';
import { comparedRun, type ComparedRun, type Named } from './compared-run.ts';
import {
  codeNames,
  environmentNames,
  flat,
  inputNames,
  packageNames,
  settingNames,
} from './named-values.ts';
import { rowsOf } from './rows.ts';

export interface ComparerParts {
  repos: Pick<Repos, 'runs' | 'jobs' | 'specs' | 'marks'>;
  snapshots: Pick<Snapshots, 'compareTrees' | 'compareFile'>;
}

/** Lays runs side by side, and says what may have made one of them go wrong. */
export class RunComparer {
  readonly #parts: ComparerParts;

  constructor(parts: ComparerParts) {
    this.#parts = parts;
  }

  /** Of one job or several. @throws AppError `E_NOT_FOUND`, `E_CANCELLED` */
  async compare(runIds: readonly string[], signal: AbortSignal): Promise<RunComparison> {
    const compared = await this.#runs(runIds);
    const files = await this.#filesUnlikeFirst(compared, signal);
    const code = compared.map((each, index) => new Map([...codeNames(each), ...files[index]!]));
    const packages = packageNames(compared);
    return {
      runs: compared.map(({ run }) => run),
      rows: [
        ...rowsOf('code', code),
        ...rowsOf('inputs', compared.map(inputNames)),
        ...rowsOf('settings', compared.map(settingNames)),
        ...rowsOf('environment', compared.map(environmentNames)),
        ...rowsOf('environment', packages),
        ...rowsOf(
          'config',
          compared.map(({ run }) => flat(run.config)),
        ),
        ...rowsOf(
          'results',
          compared.map(({ run }) => flat(run.summary)),
        ),
      ],
    };
  }

  /** What is different from the newest run of the job before it that finished, likeliest to matter first. */
  async changes(runId: string, signal: AbortSignal): Promise<RunChanges> {
    const goodId = this.#parts.repos.marks.lastFinishedBefore(runId);
    if (goodId === null) return { good: null, changes: [] };
    const [good, run] = (await this.#runs([goodId, runId])) as [ComparedRun, ComparedRun];
    const code = await changedCode(this.#parts.snapshots, good, run, signal);
    return { good: good.run, changes: [...code, ...changedValues(good, run, code.length > 0)] };
  }

  #runs(ids: readonly string[]): Promise<ComparedRun[]> {
    return Promise.all(ids.map((id) => comparedRun(this.#parts.repos, id)));
  }

  async #filesUnlikeFirst(
    [first, ...others]: ComparedRun[],
    signal: AbortSignal,
  ): Promise<Named[]> {
    const before = treeOf(first!.version.source);
    const counts = others.map(async ({ version }) => {
      const after = treeOf(version.source);
      if (before === null || after === null) return null;
      return before === after ? 0 : this.#filesThatDiffer(before, after, signal);
    });
    const name = 'Files that differ from the first';
    return [before === null ? null : 0, ...(await Promise.all(counts))].map(
      (count) => new Map(count === null ? [] : [[name, count]]),
    );
  }

  async #filesThatDiffer(before: string, after: string, signal: AbortSignal): Promise<number> {
    const pair = { before, after, limit: 1 };
    const { counts } = await this.#parts.snapshots.compareTrees(pair, signal);
    return counts.added + counts.removed + counts.changed + counts.renamed;
  }
}
