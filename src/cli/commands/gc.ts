import { Command } from 'commander';
import { ROOM_KINDS, type RoomKind, type RoomReport } from '../../shared/domain/room.ts';
import { AppError } from '../../shared/errors.ts';
import { ROOM_GOES, ROOM_STAYS, ROOM_TITLES } from '../../shared/room-words.ts';
import { fileSize } from '../../shared/units.ts';
import type { Core } from '../../core/create-core.ts';
import { agree } from '../agree.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson, printLine, printTable, say } from '../output.ts';
import { operationReporter } from '../report-operation.ts';
import { withCore, type Globals } from '../with-core.ts';

/** Of jobs and of single things so many are named without --all. */
const NAMED = 10;

interface GcOptions {
  yes?: boolean;
  dryRun?: boolean;
  all?: boolean;
  kind?: string;
}

/** `gc` and `room` */
export function gcCommand(): Command {
  return new Command('gc')
    .alias('room')
    .description(
      'Show what takes room on the disk, and free what nothing needs any more. Asks first.',
    )
    .option('--dry-run', 'only show it')
    .option('--kind <kinds>', `only these, separated by commas: ${ROOM_KINDS.join(', ')}`)
    .option('--all', 'name every single thing')
    .option('-y, --yes', 'without asking')
    .action(async (options: GcOptions, command: Command) => {
      const kinds = kindsOf(options.kind);
      await withCore(command, (core, globals) =>
        withInterrupt((signal) => cleanUp(core, globals, { ...options, kinds }, signal)),
      );
    });
}

function kindsOf(text: string | undefined): RoomKind[] {
  if (text === undefined) return [...ROOM_KINDS];
  return text.split(',').map((word) => {
    const kind = ROOM_KINDS.find((each) => each === word.trim());
    if (kind) return kind;
    throw new AppError('E_ARGS', `There is no kind "${word.trim()}".`, {
      next: `There are: ${ROOM_KINDS.join(', ')}.`,
    });
  });
}

async function cleanUp(
  core: Core,
  { json }: Globals,
  { kinds, ...options }: GcOptions & { kinds: RoomKind[] },
  signal: AbortSignal,
): Promise<void> {
  const control = { signal, onProgress: operationReporter() };
  const report = await core.room.measure(control);
  const freeable = report.kinds.filter(({ kind }) => kinds.includes(kind));
  const bytes = freeable.reduce((sum, kind) => sum + kind.freeable, 0);
  if (!json) print(report, kinds, options.all ?? false);
  if (options.dryRun || bytes === 0) {
    if (json) return printJson(options.dryRun ? report : { freed: 0, problems: [], report });
    return say(bytes === 0 ? 'There is nothing to free.' : `${fileSize(bytes)} can be freed.`);
  }
  sayWhatGoes(freeable);
  const question = `Free ${fileSize(bytes)}?`;
  if (!(await agree(question, options, signal, 'Nobody can be asked here what is to be freed.'))) {
    return say('Nothing was removed.');
  }
  const done = await core.room.cleanUp(kinds, control);
  if (json) return printJson(done);
  for (const problem of done.problems) say(problem);
  printLine(`Freed ${fileSize(done.freed)}.`);
}

function sayWhatGoes(kinds: RoomReport['kinds']): void {
  say('What goes:');
  for (const { kind, freeable } of kinds) {
    if (freeable > 0) say(`  ${fileSize(freeable)}: ${ROOM_GOES[kind]}`);
  }
  say(ROOM_STAYS);
}

function print(report: RoomReport, kinds: readonly RoomKind[], all: boolean): void {
  const shown = report.kinds.filter(({ kind }) => kinds.includes(kind));
  printTable([
    ['WHAT', 'TAKES', 'CAN BE FREED'],
    ...shown.map(({ kind, bytes, freeable, problem }) => [
      ROOM_TITLES[kind],
      problem === null ? fileSize(bytes) : '?',
      problem ?? fileSize(freeable),
    ]),
    ['All', fileSize(report.total), fileSize(report.freeable)],
  ]);
  printJobs(report, all);
  printItems(report, kinds, all);
  printBudget(report);
}

function printJobs({ jobs }: RoomReport, all: boolean): void {
  if (jobs.length === 0) return;
  const shown = all ? jobs : jobs.slice(0, NAMED);
  printLine('');
  printTable([
    ['JOB', 'TAKES', 'CAN BE FREED'],
    ...shown.map(({ name, bytes, freeable }) => [name, fileSize(bytes), fileSize(freeable)]),
  ]);
  if (shown.length < jobs.length) say(`... and ${jobs.length - shown.length} more: --all`);
}

function printItems({ items }: RoomReport, kinds: readonly RoomKind[], all: boolean): void {
  const of = items.filter(({ kind }) => kinds.includes(kind));
  const shown = all ? of : of.filter(({ freeable }) => freeable > 0).slice(0, NAMED);
  if (shown.length === 0) return;
  printLine('');
  printTable([
    ['THING', 'TAKES', 'CAN BE FREED', 'WHY'],
    ...shown.map(({ name, bytes, freeable, because }) => [
      name,
      fileSize(bytes),
      fileSize(freeable),
      because,
    ]),
  ]);
}

function printBudget({ total, freeable, budgetBytes }: RoomReport): void {
  if (budgetBytes === 0 || total <= budgetBytes) return;
  const over = `${fileSize(total - budgetBytes)} over the budget of ${fileSize(budgetBytes)}`;
  say(total - freeable > budgetBytes ? `${over}, also after all that can be freed` : over);
}
