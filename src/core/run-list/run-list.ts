import {
  VALUE_SOURCES,
  valueColumnId,
  type RunColumn,
  type RunPage,
  type RunQuery,
  type RunScope,
} from '../../shared/domain/run-list.ts';
import { eachFlatValue } from '../../shared/flat-values.ts';
import type { Repos } from '../db/change-feed.ts';
import { plainList } from './testing/plain-list.ts';

/** Lists of any number of runs. */
export class RunList {
  readonly #repos: Repos;

  constructor(repos: Repos) {
    this.#repos = repos;
  }

  async query(query: RunQuery): Promise<RunPage> {
    const runs = this.#repos.runs.list({ limit: 1_000_000 });
    const binned = this.#repos.jobs.list().filter(({ binnedAt }) => binnedAt !== null);
    const world = { runs, binnedJobs: new Set(binned.map(({ id }) => id)), now: Date.now() };
    const { ids, ...rest } = plainList(world, query);
    const byId = new Map(runs.map((run) => [run.id, run]));
    return { ...rest, runs: ids.flatMap((id) => byId.get(id) ?? []) };
  }

  async columns(scope: RunScope): Promise<RunColumn[]> {
    const columns = new Map<string, RunColumn>();
    for (const run of this.#repos.runs.list({ ...scope, limit: 1_000_000 })) {
      for (const of of VALUE_SOURCES) {
        eachFlatValue(run[of] ?? {}, (name, value) => {
          const id = valueColumnId(of, name);
          const have = columns.get(id) ?? { id, name, of, numeric: false, differs: true, count: 0 };
          const numeric = have.numeric || typeof value === 'number';
          columns.set(id, { ...have, numeric, count: have.count + 1 });
        });
      }
    }
    return [...columns.values()];
  }
}
