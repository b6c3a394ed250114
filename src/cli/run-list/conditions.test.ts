import { describe, expect, it } from 'vitest';
import type { RunColumn } from '../../shared/domain/run-list.ts';
import { ColumnFinder } from './columns.ts';
import { readCondition } from './conditions.ts';

const column = (of: RunColumn['of'], name: string): RunColumn => ({
  ...{ id: `${of} ${name}`, name, of, numeric: true, differs: true, count: 1 },
});
const VALUES = [column('config', 'lr'), column('summary', 'val.loss'), column('config', 'a b')];
const finder = new ColumnFinder(async () => VALUES);

describe('conditions', () => {
  it.each([
    ['config.lr>0.01', { column: 'config lr', is: '>', value: '0.01' }],
    [' summary.val.loss <= 3 ', { column: 'summary val.loss', is: '<=', value: '3' }],
    ['config.a b != x=y', { column: 'config a b', is: '!=', value: 'x=y' }],
    ['tag=best', { column: 'tags', is: '=', value: 'best' }],
    ['name~River', { column: 'name', is: 'contains', value: 'River' }],
    ['version>=v2', { column: 'version', is: '>=', value: 2 }],
    ['version=v0', { column: 'version', is: '=', value: 0 }],
    ['version=0', { column: 'version', is: '=', value: 0 }],
    ['version=best', { column: 'version', is: '=', value: 'best' }],
    ['duration<1h30m', { column: 'duration', is: '<', value: 5_400_000 }],
    ['created>2026-01-31', { column: 'created', is: '>', value: '2026-01-31' }],
    ['notes', { column: 'notes', is: 'is set' }],
    ['!config.lr', { column: 'config lr', is: 'is not set' }],
  ])('%s', async (text, condition) => {
    expect(await readCondition(text, finder)).toEqual(condition);
  });

  it.each([
    ['config.lrr>1', 'config.lr'],
    ['lr=1', 'config.lr'],
    ['stat=failed', 'state'],
    ['', 'There are name'],
    ['config.lr>', "'!config.lr'"],
    ['created>never', '2026-01-31'],
    ['duration>long', '30m'],
  ])('%s is refused with a way on', async (text, next) => {
    await expect(readCondition(text, finder)).rejects.toMatchObject({
      code: expect.stringMatching(/^E_(?:ARGS|RESOURCES)$/) as string,
      next: expect.stringContaining(next) as string,
    });
  });

  it('takes any name of a value where no run has any', async () => {
    const none = new ColumnFinder(async () => []);
    expect(await readCondition('config.lr>1', none)).toMatchObject({ column: 'config lr' });
    await expect(readCondition('lr>1', none)).rejects.toMatchObject({ code: 'E_ARGS' });
  });
});
