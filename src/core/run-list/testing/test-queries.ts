import * as fc from 'fast-check';
import { RUN_STATES } from '../../../shared/domain/run.ts';
import {
  COMPARISONS,
  OWN_COLUMNS,
  type RunCondition,
  type RunFilter,
  type RunQuery,
} from '../../../shared/domain/run-list.ts';
import { testKeys } from './test-runs.ts';

const column = fc.oneof(
  fc.constantFrom<string[]>(...OWN_COLUMNS),
  fc.constantFrom(...testKeys.flatMap((key) => [`config ${key}`, `summary ${key}`])),
  fc.constantFrom('nothing', 'config ', 'toString', '__proto__'),
);
const condition: fc.Arbitrary<RunCondition> = fc
  .record({
    column,
    is: fc.constantFrom(...COMPARISONS),
    value: fc.constantFrom('adam', 'run-2', '10', 10, 0, '0.1', true, 'a', '1970-01-01', ''),
  })
  .map((each) => (each.value === '' ? { column: each.column, is: each.is } : each));

const filter: fc.Arbitrary<RunFilter> = fc.record(
  {
    text: fc.constantFrom('', 'RUN', 'ad', 'job', 'x'),
    states: fc.subarray([...RUN_STATES]),
    starred: fc.boolean(),
    tags: fc.subarray(['best', 'Old', 'none'], { maxLength: 1 }),
    conditions: fc.array(condition, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const scope = fc.constantFrom<RunQuery['scope'][]>(
  ...[{}, { projectId: 'p0' }, { jobId: 'job-1' }, { sweepId: 's' }, { binned: true }],
  ...[{ projectId: 'p0', sweepId: 's' }, { projectId: 'nobody' }, { jobId: 'job-0', binned: true }],
);

/** Queries of every kind. */
export const testQueries: fc.Arbitrary<RunQuery> = fc.record({
  scope,
  filter: fc.oneof(fc.constant({}), filter),
  sort: fc.array(fc.record({ column, descending: fc.boolean() }), { maxLength: 3 }),
  groupBy: fc.option(column),
  offset: fc.constantFrom(0, 0, 1, 5, 1000),
  limit: fc.constantFrom(1, 3, 500),
});
