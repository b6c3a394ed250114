import { COMPARISONS, type RunCondition, type RunFilter } from '../../shared/domain/run-list.ts';
import { RUN_STATES } from '../../shared/domain/run.ts';
import { isRecord } from '../../shared/is-record.ts';
import { isText, keep, readKeptValues, textsOf } from './kept.ts';

const KEY = 'run-filters';
/** Lists whose filters are kept: those that were filtered last. */
const LIMIT = 200;

/** A filter without what is left away or empty, which filters nothing. */
export function withoutEmpty(filter: { [K in keyof RunFilter]: RunFilter[K] }): RunFilter {
  const entries = Object.entries(filter).filter(
    ([, value]) =>
      value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries);
}

const oneOf = <T>(all: readonly T[], value: unknown): T | undefined =>
  all.find((each) => each === value);

function readCondition(stored: unknown): RunCondition[] {
  const { column, is: comparison, value } = isRecord(stored) ? stored : {};
  const is = oneOf(COMPARISONS, comparison);
  if (!isText(column) || is === undefined) return [];
  if (value === undefined) return [{ column, is }];
  const isValue = isText(value) || typeof value === 'number' || typeof value === 'boolean';
  return isValue ? [{ column, is, value }] : [];
}

/** Takes of a stored filter what can be used. */
function readFilter(stored: unknown): RunFilter {
  if (!isRecord(stored)) return {};
  const { text, states, starred, tags, conditions } = stored;
  return withoutEmpty({
    text: isText(text) ? text : undefined,
    states: textsOf(states).flatMap((state) => oneOf(RUN_STATES, state) ?? []),
    starred: starred === true ? true : undefined,
    tags: textsOf(tags),
    conditions: Array.isArray(conditions) ? conditions.flatMap(readCondition) : [],
  });
}

/** The filters that were kept, by the list they are of; a list that is not filtered has none. */
export function readFilters(): [table: string, filter: RunFilter][] {
  const stored = Object.entries(readKeptValues(KEY));
  return stored
    .map(([table, filter]): [string, RunFilter] => [table, readFilter(filter)])
    .filter(([, filter]) => Object.keys(filter).length > 0);
}

/** Keeps the filter of a list, for the next time that the window is read. */
export function keepFilter(table: string, filter: RunFilter): void {
  const others = readFilters().filter(([other]) => other !== table);
  const isFiltered = Object.keys(filter).length > 0;
  const all = isFiltered ? [...others.slice(1 - LIMIT), [table, filter]] : others;
  keep(KEY, Object.fromEntries(all));
}
