import { Command, Option } from 'commander';
import type { DoctorReport, HealthCheck } from '../../shared/domain/engine.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Core } from '../../core/create-core.ts';
import { doctorAlone } from '../../core/host/doctor-alone.ts';
import { agree } from '../agree.ts';
import { STATUS } from '../exit-status.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson, printLine, say } from '../output.ts';
import { replaceInTerminal, type ReplaceOptions } from '../replace-database.ts';
import { BUILT, globalsOf, withCore, type Globals } from '../with-core.ts';

const MARKS = { ok: '✓', warning: '!', missing: '✗' } as const;
/** Looking at everything reads whole files. */
const LOOK_MS = 30_000;

/** What keeps a data folder from being opened, or its database from being read. */
const UNUSABLE: ReadonlySet<ErrorCode> = new Set([
  ...(['E_DATA_DIR', 'E_DB_BUSY', 'E_DB_DAMAGED', 'E_DB_NEWER', 'E_DISK_FULL'] as const),
]);

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
    .addOption(
      new Option('--empty', 'put an empty database in the place of a damaged one').conflicts([
        'restore',
        'fix',
      ]),
    )
    .option('--backups', 'list the backups of the database')
    .option('-y, --yes', 'without asking')
    .action(async (options: DoctorOptions, command: Command) => {
      if (options.restore !== undefined || options.empty || options.backups) {
        return replaceInTerminal(command, options);
      }
      try {
        await withCore(command, (core, globals) =>
          withInterrupt((signal) => examine(core, globals, options, signal)),
        );
      } catch (error) {
        if (!(error instanceof AppError) || !UNUSABLE.has(error.code)) throw error;
        await examineAlone(error, globalsOf(command));
      }
    });
}

/** Tells what can be told of a data folder that cannot be used. */
async function examineAlone(refusal: AppError, { dataDir, json }: Globals): Promise<void> {
  const doctor = doctorAlone(refusal, { dataDir, ...BUILT });
  const report = await withInterrupt((signal) =>
    doctor.examine(AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)])),
  );
  if (json) printJson(report);
  else printChecks(report);
  process.exitCode = STATUS.failed;
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

function print(report: DoctorReport): void {
  printChecks(report);
  printLine(`\nRuns use the ${report.choice.kind} engine: ${report.choice.because}.`);
}

function printChecks({ checks }: DoctorReport): void {
  for (const check of checks) {
    printLine(`${MARKS[check.status]} ${check.title}: ${check.text}`);
    if (check.fix !== null) printLine(`    ${check.fix}`);
    if (check.mend !== null) printLine(`    ${check.mend}: slipway doctor --fix`);
  }
}
