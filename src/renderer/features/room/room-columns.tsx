import type { RoomItem, RoomReport } from '../../../shared/domain/room.ts';
import { ROOM_TITLES } from '../../../shared/room-words.ts';
import { fileSize } from '../../../shared/units.ts';
import type { Column } from '../../ui/grid-model.ts';
import { RelativeTime } from '../../ui/time.tsx';

type JobRoom = RoomReport['jobs'][number];

const size = <Row extends { bytes: number; freeable: number }>(
  of: 'bytes' | 'freeable',
  title: string,
): Column<Row> => ({
  ...{ id: of, title, width: of === 'bytes' ? '80px' : '96px', end: true },
  cell: (row) => <span className="mono">{row[of] > 0 ? fileSize(row[of]) : '–'}</span>,
  sort: (a, b) => a[of] - b[of],
});

/** The columns of the list of jobs by what they take. */
export const JOB_COLUMNS: Column<JobRoom>[] = [
  {
    ...{ id: 'name', title: 'Job', width: 'minmax(160px, 1fr)' },
    cell: ({ name }) => <span title={name}>{name}</span>,
    sort: (a, b) => a.name.localeCompare(b.name),
  },
  size('bytes', 'Takes'),
  size('freeable', 'Can be freed'),
];

/** The columns of the list of the largest things. */
export const ITEM_COLUMNS: Column<RoomItem>[] = [
  {
    ...{ id: 'name', title: 'Thing', width: 'minmax(120px, 1fr)' },
    cell: ({ name }) => <span title={name}>{name}</span>,
    sort: (a, b) => a.name.localeCompare(b.name),
  },
  {
    ...{ id: 'kind', title: 'Kind', width: '112px' },
    cell: ({ kind }) => ROOM_TITLES[kind],
    sort: (a, b) => ROOM_TITLES[a.kind].localeCompare(ROOM_TITLES[b.kind]),
  },
  size('bytes', 'Takes'),
  size('freeable', 'Can be freed'),
  {
    ...{ id: 'because', title: 'Why', width: 'minmax(136px, 1.4fr)' },
    cell: ({ because }) => (
      <span className="meta" title={because}>
        {because}
      </span>
    ),
  },
  {
    ...{ id: 'usedAt', title: 'Last used', width: '80px' },
    cell: ({ usedAt }) => (usedAt === null ? '–' : <RelativeTime at={usedAt} />),
    sort: (a, b) => (a.usedAt ?? 0) - (b.usedAt ?? 0),
  },
];
