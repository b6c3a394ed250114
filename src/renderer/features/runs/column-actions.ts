import type { MenuAction } from '../../ui/action-menu.tsx';
import type { SortBy } from '../../ui/grid-model.ts';
import type { RunLayoutNow } from './use-run-layout.ts';

/** Columns of which nearly each run has a value of its own. */
const NO_GROUPS = ['name', 'created', 'duration', 'notes'];

/** What can be done with a column of a table of runs. */
export function columnActions(
  id: string,
  { layout, shown, change }: RunLayoutNow,
  setSort: (sort: readonly SortBy[]) => void,
  filterBy: () => void,
): MenuAction[][] {
  const at = shown.indexOf(id);
  const by = layout.sort.find(({ column }) => column === id);
  const grouped = layout.groupBy === id;
  const moveTo = (to: number): void =>
    change({ shown: shown.filter((other) => other !== id).toSpliced(to, 0, id) });
  return [
    [
      {
        title: 'Sort ascending',
        checked: by?.descending === false,
        run: () => setSort([{ id, descending: false }]),
      },
      {
        title: 'Sort descending',
        checked: by?.descending === true,
        run: () => setSort([{ id, descending: true }]),
      },
      ...(layout.sort.length > 0
        ? [{ title: 'Newest first', checked: false, run: () => setSort([]) }]
        : []),
    ],
    NO_GROUPS.includes(id)
      ? []
      : [
          {
            title: grouped ? 'Do not group' : 'Group by this',
            run: () => change({ groupBy: grouped ? null : id }),
          },
        ],
    [{ title: 'Filter by this…', run: filterBy }],
    at > 0
      ? [
          { title: 'Move left', disabled: at === 1, run: () => moveTo(at - 1) },
          { title: 'Move right', disabled: at === shown.length - 1, run: () => moveTo(at + 1) },
          { title: 'Hide', run: () => change({ shown: shown.filter((other) => other !== id) }) },
        ]
      : [],
  ];
}
