import { beforeEach, describe, expect, it, vi } from 'vitest';

/** The lists, in a window that was just read. */
const readWindow = () => {
  vi.resetModules();
  return import('./run-lists.ts');
};

beforeEach(() => localStorage.clear());

const listsAgain = async () => (await readWindow()).useRunLists.getState();
const filterOf = async (table: string) => (await listsAgain())[table]?.filter;

describe('the filters of lists', () => {
  it('are there again in a window that is read again, each with its list', async () => {
    const { changeFilter } = await readWindow();
    const filter = {
      text: 'ash ',
      states: ['failed' as const],
      starred: true,
      tags: ['baseline'],
      conditions: [
        { column: 'config lr', is: '>' as const, value: 0.1 },
        { column: 'notes', is: 'is set' as const },
      ],
    };
    changeFilter('runs', filter);
    changeFilter('job 1', { text: 'oak' });
    expect(await filterOf('runs')).toEqual(filter);
    expect(await filterOf('job 1')).toEqual({ text: 'oak' });
  });

  it('are not there again when they were taken off', async () => {
    const { changeFilter } = await readWindow();
    changeFilter('runs', { text: 'ash' });
    changeFilter('runs', { text: '' });
    expect(await filterOf('runs')).toBeUndefined();
  });

  it('are kept of the lists that were changed last, which closed groups are not', async () => {
    const { changeFilter, changeList } = await readWindow();
    for (let i = 0; i <= 200; i += 1) changeFilter(`job ${i}`, { text: `${i}` });
    changeList('runs', { closed: new Set(['a']) });
    const lists = Object.keys(await listsAgain());
    expect(lists).toHaveLength(200);
    expect([lists[0], lists.at(-1)]).toEqual(['job 1', 'job 200']);
  });

  it.each([
    ['ash', {}],
    [{ text: 1, states: ['gone'], starred: 'yes', tags: {}, conditions: [{}] }, {}],
    [{ text: 'ash', more: 1 }, { text: 'ash' }],
    [
      { states: ['failed', 'gone', 2], tags: ['a', 1] },
      { states: ['failed'], tags: ['a'] },
    ],
    [
      {
        conditions: [
          { column: 'notes', is: 'like', value: 'a' },
          { column: 'notes', is: '=', value: {} },
          { column: 1, is: '=', value: 'a' },
          { column: 'notes', is: '=', value: 'a', more: 1 },
        ],
      },
      { conditions: [{ column: 'notes', is: '=', value: 'a' }] },
    ],
  ])('take of %j what can be used', async (stored, usable) => {
    localStorage.setItem('slipway.run-filters', JSON.stringify({ runs: stored }));
    expect((await filterOf('runs')) ?? {}).toEqual(usable);
  });
});
