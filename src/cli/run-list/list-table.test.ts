import { expect, test } from 'vitest';
import { listTable, type ListedRun } from './list-table.ts';

const run = (id: string, name: string): ListedRun =>
  ({
    ...{ id, name, state: 'finished', jobName: 'j'.repeat(128), versionNumber: 7 },
    ...{ engine: 'process', createdAt: 0, durationMs: 1000, queue: null, waits: null },
  }) as Partial<ListedRun> as ListedRun;

test('one long name does not make every line as wide as itself', () => {
  const id = '0192d2a4-0000-7000-8000-000000000000';
  const runs = [run(id, `a${'b'.repeat(211)}`), run(id.replace('2', '3'), 'swift-river-12')];
  const [, long, short] = listTable(runs, [], false);
  expect(long!.slice(0, 2)).toEqual([id, `a${'b'.repeat(19)}…${'b'.repeat(19)}`]);
  expect(long![3]).toMatch(/^j+…j+:v7$/);
  expect(short![1]).toBe('swift-river-12');
  for (const cell of [...long!, ...short!]) expect(cell.length).toBeLessThan(50);
});
