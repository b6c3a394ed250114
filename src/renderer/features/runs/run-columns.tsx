import type { OwnColumn } from '../../../shared/domain/run-list.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { engineName } from '../../stores/engines.ts';
import { PRIORITY_TITLES } from '../queues/queue-words.ts';
import type { Column } from '../../ui/grid-model.ts';
import { RelativeTime, RunDuration } from '../../ui/time.tsx';
import { flatValues } from './flat-values.ts';
import { RunName } from './run-name.tsx';
import { StarCell } from './star-cell.tsx';
import { RunStateCell } from './state-cell.tsx';
import { TagsCell } from './tags-cell.tsx';
import { ValueCell } from './value-cell.tsx';

interface Look extends Pick<Column<Run>, 'title' | 'cell' | 'end' | 'dim'> {
  /** Its least width, in px, and its part of the room that is left. */
  size: number;
  grow?: number;
}

const OWN: Readonly<Record<OwnColumn, Look>> = {
  name: { title: 'Run', size: 168, grow: 1.2, cell: (run) => <RunName run={run} /> },
  starred: { title: 'Star', size: 32, cell: (run) => <StarCell run={run} /> },
  state: { title: 'State', size: 168, grow: 1, cell: (run) => <RunStateCell run={run} /> },
  job: {
    title: 'Job',
    size: 104,
    grow: 0.8,
    cell: (run) => <span title={run.jobName}>{run.jobName}</span>,
  },
  version: {
    title: 'Version',
    size: 56,
    cell: (run) => <span className="mono">v{run.versionNumber}</span>,
  },
  creator: { title: 'Creator', size: 72, dim: true, cell: (run) => run.creator },
  created: {
    title: 'Created',
    size: 88,
    dim: true,
    cell: (run) => <RelativeTime at={run.createdAt} />,
  },
  duration: { title: 'Duration', size: 88, end: true, cell: (run) => <RunDuration run={run} /> },
  engine: { title: 'Engine', size: 72, dim: true, cell: (run) => engineName(run.engine) },
  queue: { title: 'Queue', size: 88, dim: true, cell: (run) => run.queue?.name },
  priority: {
    title: 'Priority',
    size: 72,
    dim: true,
    cell: (run) => run.queue && PRIORITY_TITLES[run.priority],
  },
  tags: { title: 'Tags', size: 128, grow: 0.8, cell: (run) => <TagsCell run={run} /> },
  notes: {
    title: 'Notes',
    size: 160,
    grow: 1,
    dim: true,
    cell: (run) => <span title={run.notes}>{run.notes}</span>,
  },
};

export const OWN_COLUMN_IDS = Object.keys(OWN) as OwnColumn[];

const isOwn = (id: string): id is OwnColumn => Object.hasOwn(OWN, id);

/** A column of values by its id, `config lr`; null for one of the runs' own. */
export function valueColumnOf(id: string): { of: 'config' | 'summary'; name: string } | null {
  const of = (['config', 'summary'] as const).find((source) => id.startsWith(`${source} `));
  return of ? { of, name: id.slice(of.length + 1) } : null;
}

export const columnTitle = (id: string): string =>
  isOwn(id) ? OWN[id].title : (valueColumnOf(id)?.name ?? id);

function lookOf(id: string, numeric = false): Look {
  if (isOwn(id)) return OWN[id];
  const { of, name } = valueColumnOf(id) ?? { of: 'config' as const, name: id };
  const cell = (run: Run) => <ValueCell value={flatValues(run[of]).get(name)} />;
  return { title: name, size: 88, grow: 0.6, end: numeric, cell };
}

/** The least width of a column, in px. */
export const leastWidth = (id: string, widths: Readonly<Record<string, number>>): number =>
  widths[id] ?? lookOf(id).size;

const widthTrack = ({ size, grow }: Look, set: number | undefined): string => {
  if (set !== undefined) return `${set}px`;
  return grow === undefined ? `${size}px` : `minmax(${size}px, ${grow}fr)`;
};

/** A column of a table of runs, sorted where the runs come from. Numbers stand at its end. */
export function runColumn(
  id: string,
  widths: Readonly<Record<string, number>>,
  numeric: boolean,
): Column<Run> {
  const { size, grow, ...look } = lookOf(id, numeric);
  const width = widthTrack({ ...look, size, ...(grow && { grow }) }, widths[id]);
  return { ...look, id, width, sortable: true };
}
