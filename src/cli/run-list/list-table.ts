import type { WaitReason } from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { ValueSource } from '../../shared/domain/run-list.ts';
import { eachFlatValue } from '../../shared/flat-values.ts';
import { formatDuration } from '../../shared/format.ts';
import { runStateText } from '../../shared/run-state-text.ts';
import { dateTime, STATE_MARKS } from '../output.ts';
import { shortName, versionName } from '../short-name.ts';
import type { NamedColumn } from './columns.ts';

/** Longer texts are cut: a row is a line. */
const MOST_TEXT = 60;

/** The columns that a list has when none are asked for. */
const USUAL = ['state', 'job', 'engine', 'created', 'duration'];
const TITLES: Readonly<Record<string, string>> = { duration: 'TOOK' };

const OWN: Readonly<Record<string, (run: ListedRun) => string>> = {
  name: (run) => shortName(run.name),
  state: (run) => `${STATE_MARKS[run.state]} ${runStateText(run)}`,
  job: (run) => versionName(run.jobName, run.versionNumber),
  version: (run) => `v${run.versionNumber}`,
  creator: (run) => run.creator,
  created: (run) => dateTime(run.createdAt),
  duration: (run) => (run.durationMs === null ? '-' : formatDuration(run.durationMs)),
  engine: (run) => run.engine ?? 'imported',
  tags: (run) => run.tags.join(', ') || '-',
  notes: (run) => lineOf(run.notes) || '-',
  queue: ({ queue }) => queue?.name ?? '-',
  priority: ({ queue, priority }) => (queue ? priority : '-'),
  waits: ({ waits }) => waits?.text ?? '-',
  starred: (run) => (run.starred ? '★' : '-'),
};

/** Columns that only a list with runs in queues has. */
const OF_QUEUES = ['queue', 'priority', 'waits'];

/** A run with why it waits, null where it does not. */
export type ListedRun = Run & { waits: WaitReason | null };

/** Runs as rows of a table, the titles first. */
export function listTable(runs: readonly ListedRun[], columns: NamedColumn[], isChosen: boolean) {
  const usual = runs.some(({ queue, waits }) => queue ?? waits) ? [...USUAL, ...OF_QUEUES] : USUAL;
  const own = isChosen ? [] : usual;
  const titles = own.map((name) => TITLES[name] ?? name.toUpperCase());
  const named = columns.filter(({ name }) => name !== 'name');
  return [
    ['ID', 'NAME', ...titles, ...named.map(titleOf)],
    ...runs.map((run) => [
      ...[run.id, shortName(run.name), ...own.map((name) => OWN[name]!(run))],
      ...named.map((column) => textOf(run, column)),
    ]),
  ];
}

/** A value keeps its name as it is. */
const titleOf = ({ name, value }: NamedColumn): string =>
  value ? name : (TITLES[name] ?? name.toUpperCase());

function textOf(run: ListedRun, { name, value }: NamedColumn): string {
  if (!value) return OWN[name]!(run);
  const found = valueOf(run, value.of, value.path);
  if (found === undefined || found === null) return '-';
  return lineOf(typeof found === 'string' ? found : JSON.stringify(found));
}

function valueOf(run: Run, of: ValueSource, path: string): unknown {
  let found: unknown;
  eachFlatValue(run[of] ?? {}, (name, value) => {
    if (name === path) found = value;
  });
  return found;
}

function lineOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > MOST_TEXT ? `${line.slice(0, MOST_TEXT - 1)}…` : line;
}
