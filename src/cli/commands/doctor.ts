import { Command } from 'commander';
import type { DoctorReport, HealthCheck } from '../../shared/domain/engine.ts';
import type { Core } from '../../core/create-core.ts';
import { agree } from '../agree.ts';
import { STATUS } from '../exit-status.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson, printLine, say } from '../output.ts';
import { replaceInTerminal, type ReplaceOptions } from '../replace-database.ts';
import { withCore, type Globals } from '../with-core.ts';

const MARKS = { ok: '✓', warning: '!', missing: '✗' } as const;
/** Looking at everything reads whole files. */
const LOOK_MS = 30_000;

interface DoctorOptions extends ReplaceOptions {
  fix?: boolean;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Tell what is there, what is missing, and how to mend it.')
    .option('--fix', 'mend what Slipway can mend itself; asks before each')
    .option(
      '--restore [time]',
      'put a backup in the place of the database: the newest, or that of a time as `doctor --backups` lists it',
    )
    .option('--empty', 'put an empty database in the place of a damaged one')
    .option('--backups', 'list the backups of the database')
    .option('-y, --yes', 'without asking')
    .action(async (options: DoctorOptions, command: Command) => {
      if (options.restore !== undefined || options.empty || options.backups) {
        return replaceInTerminal(command, options);
      }
      await withCore(command, (core, globals) =>
        withInterrupt((signal) => examine(core, globals, options, signal)),
      );
    });
}

async function examine(
  core: Core,
  { json }: Globals,
  options: DoctorOptions,
  signal: AbortSignal,
): Promise<void> {
  const look = () => core.doctor.examine(AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]));
  let report = await look();
  if (options.fix && (await mendAll(core, report, options, signal))) report = await look();
  if (json) printJson(report);
  else print(report);
  const usable = report.choice.engines.some(
    (engine) => engine.kind === report.choice.kind && engine.available,
  );
  process.exitCode = usable ? STATUS.done : STATUS.nothingToRunOn;
}

/** Returns whether anything was done. */
async function mendAll(
  core: Core,
  { checks }: DoctorReport,
  options: DoctorOptions,
  signal: AbortSignal,
): Promise<boolean> {
  let mended = 0;
  for (const check of checks) {
    if (check.mend === null || !(await wanted(check, options, signal))) continue;
    say(`${check.title}: ${await core.doctor.mend(check.id, signal)}`);
    mended += 1;
  }
  if (mended === 0) say('Nothing was mended.');
  return mended > 0;
}

function wanted(check: HealthCheck, options: DoctorOptions, signal: AbortSignal): Promise<boolean> {
  const question = `${check.title}: ${check.text}. ${check.mend}?`;
  return agree(question, options, signal, 'Nobody can be asked here what is to be mended.');
}

function print({ choice, checks }: DoctorReport): void {
  for (const check of checks) {
    printLine(`${MARKS[check.status]} ${check.title}: ${check.text}`);
    if (check.fix !== null) printLine(`    ${check.fix}`);
    if (check.mend !== null) printLine(`    ${check.mend}: slipway doctor --fix`);
  }
  printLine(`\nRuns use the ${choice.kind} engine: ${choice.because}.`);
}
