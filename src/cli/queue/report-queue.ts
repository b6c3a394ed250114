import type {
  Queue,
  QueueEntry,
  QueueVariable,
  QueueView,
  WaitReason,
} from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';
import { dateTime, printFields, printLine, printTable, say, STATE_MARKS } from '../output.ts';
import { executorText } from '../../shared/executor-text.ts';
import { shortName, versionName } from '../short-name.ts';
import { runStateText } from '../../shared/run-state-text.ts';
import { waitText } from './wait-text.ts';

/** Queues as a table. */
export function printQueues(queues: readonly Queue[]): void {
  printTable([
    ['NAME', 'STATE', 'RUNNING', 'WAITING', 'ENGINE'],
    ...queues.map((queue) => [
      ...[queue.name, queue.pausedAt === null ? 'open' : 'paused', runningText(queue)],
      ...[String(queue.waiting), queue.engine ?? '-'],
    ]),
  ]);
}

/** What was decided about a queue, and more fields. */
export function printQueue(queue: Queue, more: readonly (readonly [string, string])[] = []): void {
  printFields([
    ['queue', queue.name],
    ['state', queue.pausedAt === null ? 'open' : `paused since ${dateTime(queue.pausedAt)}`],
    ['running', runningText(queue)],
    ['waiting', String(queue.waiting)],
    ['engine', queue.engine ?? 'as each launch or the setting says'],
    ...choiceFields(queue),
    ...more,
  ]);
}

function choiceFields({ resourceArgs, variables }: Queue): [string, string][] {
  const defined = Object.entries(variables).map(([name, each]): [string, string] => [
    `variable ${name}`,
    variableText(each),
  ]);
  const args = Object.keys(resourceArgs).length > 0 ? JSON.stringify(resourceArgs) : null;
  return [...(args === null ? [] : [['resources', args] satisfies [string, string]]), ...defined];
}

/** `integer from 1 to 8, else 2 (how many CPUs)`. */
function variableText(variable: QueueVariable): string {
  const { type, enum: choices, minimum, maximum, default: usual, description } = variable;
  return [
    type,
    ...(choices ? [`one of ${choices.join(', ')}`] : []),
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined ? [] : [`up to ${maximum}`]),
    ...(usual === undefined ? ['to be given'] : [`default ${usual}`]),
    ...(description === undefined ? [] : [`(${description})`]),
  ].join(', ');
}

const runningText = ({ running, concurrency }: Queue): string =>
  `${running} of ${concurrency ?? 'any number'}`;

/** A queue with what runs and what waits in it. */
export function printView({ queue, executor, running, waiting }: QueueView): void {
  printQueue(queue, [['executed by', executorText(executor)]]);
  section('Running', ['ID', 'NAME', 'STATE', 'PRIORITY', 'JOB', 'STARTED'], running.map(runRow));
  section('Waiting', ['#', 'ID', 'NAME', 'PRIORITY', 'JOB', 'WHY'], waiting.map(entryRow));
  const more = queue.waiting - waiting.length;
  if (more > 0) say(`... and ${more} more: --limit ${queue.waiting}`);
}

function section(title: string, columns: string[], rows: string[][]): void {
  if (rows.length === 0) return;
  printLine(`\n${title}`);
  printTable([columns, ...rows]);
}

const runRow = (run: Run): string[] => [
  ...[
    run.id,
    shortName(run.name),
    `${STATE_MARKS[run.state]} ${runStateText(run)}`,
    run.priority,
    jobOf(run),
  ],
  run.startedAt === null ? '-' : dateTime(run.startedAt),
];

const entryRow = ({ run, position, reason }: QueueEntry): string[] => [
  ...[String(position), run.id, shortName(run.name), run.priority, jobOf(run), reason.text],
];

const jobOf = ({ jobName, versionNumber }: Run): string => versionName(jobName, versionNumber);

/** In which queue a run is, why it waits and what to do, as fields; what there is none of is left out. */
export function queueFields(run: Run, waits: WaitReason | null): [string, string][] {
  const { queue, priority } = run;
  return [
    ...(queue ? [['queue', `${queue.name}, ${priority} priority`] satisfies [string, string]] : []),
    ...(waits ? [['waits', waitText(waits, run)] satisfies [string, string]] : []),
  ];
}
