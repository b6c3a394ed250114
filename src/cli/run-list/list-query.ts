import { RUN_STATES, type RunState } from '../../shared/domain/run.ts';
import type { RunFilter, RunQuery, RunSort } from '../../shared/domain/run-list.ts';
import { AppError } from '../../shared/errors.ts';
import type { Core } from '../../core/create-core.ts';
import { nearNames } from '../../core/near-names.ts';
import { projectId } from '../find.ts';
import { ColumnFinder, type NamedColumn } from './columns.ts';
import { readCondition } from './conditions.ts';

/** As they are on the command line. */
export interface ListOptions {
  project?: string;
  state?: string[];
  filter?: string;
  where?: string[];
  sort?: string[];
  group?: string;
  columns?: string[];
  starred?: boolean;
  bin?: boolean;
  limit: number;
  offset: number;
}

export interface ListQuery {
  query: RunQuery;
  /** Those to show beside the usual ones. */
  columns: NamedColumn[];
  /** Those to show are the ones that were named. */
  isChosen: boolean;
}

const MOST_SORTS = 3;
const MOST_CONDITIONS = 20;

/** What the options ask for. @throws AppError `E_ARGS`, `E_NOT_FOUND` */
export async function readListQuery(core: Core, options: ListOptions): Promise<ListQuery> {
  const project = projectId(core, options.project);
  const scope = { ...(project && { projectId: project }), ...(options.bin && { binned: true }) };
  const finder = new ColumnFinder(() => core.runList.columns(scope));
  const filter = await readFilter(options, finder);
  const sorts = await readSorts(options.sort ?? [], finder);
  const group = options.group === undefined ? null : await finder.find(options.group);
  const chosen = (options.columns ?? []).flatMap((names) => names.split(','));
  const columns: NamedColumn[] = [];
  for (const name of chosen) columns.push(await finder.find(name.trim()));
  const asked = [...(group ? [group] : []), ...sorts.map(({ named }) => named)];
  return {
    query: {
      ...{ scope, filter, sort: sorts.map(({ sort }) => sort), groupBy: group?.id ?? null },
      ...{ offset: options.offset, limit: options.limit },
    },
    columns: chosen.length > 0 ? columns : asked.filter(({ value }) => value !== null),
    isChosen: chosen.length > 0,
  };
}

async function readFilter(options: ListOptions, finder: ColumnFinder): Promise<RunFilter> {
  const { filter: text, where = [], state = [], starred } = options;
  const conditions = [];
  for (const each of atMost(MOST_CONDITIONS, where, '--where')) {
    conditions.push(await readCondition(each, finder));
  }
  return {
    ...(text && { text }),
    ...(starred && { starred }),
    ...(state.length > 0 && { states: state.flatMap((each) => each.split(',')).map(readState) }),
    ...(conditions.length > 0 && { conditions }),
  };
}

function readState(text: string): RunState {
  const state = RUN_STATES.find((each) => each === text.trim());
  if (state) return state;
  const near = nearNames(text, RUN_STATES);
  throw new AppError('E_ARGS', `There is no state "${text}".`, {
    next: `${near.length > 0 ? 'Did you mean' : 'There are'}: ${(near.length > 0 ? near : RUN_STATES).join(', ')}`,
  });
}

interface Sort {
  named: NamedColumn;
  sort: RunSort;
}

async function readSorts(texts: string[], finder: ColumnFinder): Promise<Sort[]> {
  const sorts: Sort[] = [];
  for (const text of atMost(MOST_SORTS, texts, '--sort')) {
    const named = await finder.find(text.replace(/:(?:asc|desc)$/, ''));
    sorts.push({ named, sort: { column: named.id, descending: text.endsWith(':desc') } });
  }
  return sorts;
}

function atMost(most: number, texts: string[], option: string): string[] {
  if (texts.length <= most) return texts;
  throw new AppError(
    'E_ARGS',
    `There are ${texts.length} of ${option}; up to ${most} are possible.`,
    { next: `Leave some of ${option} away.` },
  );
}
