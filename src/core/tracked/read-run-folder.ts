import { readdir, realpath, stat } from 'node:fs/promises';
import { AppError, cancelled } from '../../shared/errors.ts';
import { isRecord } from '../../shared/is-record.ts';
import { noValues } from '../../shared/domain/json.ts';
import { RunBuilder } from './run-builder.ts';
import { environmentOf, identityOf, timesOf } from './run-facts.ts';
import { RunFiles } from './run-files.ts';
import { parseRunFolderName, runIdOfLog } from './run-folder-name.ts';
import { KeptSeries, SinkFailure, SinkSeries, type SeriesOutput } from './series-output.ts';
import * as side from './side-files.ts';
import type { TrackedRun, TrackedRunSink, TrackedValues } from './tracked-run.ts';
import { readWandbFile } from './wandb-file.ts';

/**
 * Reads a run that the W&B SDK left in a folder: its `.wandb` log first, and beside it the files of
 * the online and older layouts. What cannot be read is noted in `problems`, and the rest is taken.
 * History, console and measurements go to `sink`; without one, the last of them are kept.
 * @throws AppError `E_SOURCE_NOT_FOUND` when it is no folder, `E_CANCELLED`; what the sink throws
 */
export async function readRunFolder(
  folder: string,
  signal: AbortSignal,
  sink?: TrackedRunSink,
): Promise<TrackedRun> {
  try {
    return await readFolder(folder, signal, sink ? new SinkSeries(sink) : new KeptSeries());
  } catch (error) {
    throw error instanceof SinkFailure ? error.cause : error;
  }
}

async function readFolder(
  folder: string,
  signal: AbortSignal,
  output: SeriesOutput,
): Promise<TrackedRun> {
  const real = await realFolder(folder);
  const files = new RunFiles(real);
  const builder = new RunBuilder(output);
  const log = await findLog(real, files);
  if (log !== null) await readLog(log, files, builder, signal);
  if (!builder.hasConsole) await readConsole(files, output, signal);
  stopIfAborted(signal);
  const environment = environmentOf(builder.environment, await side.readMetadata(files));
  const config = merge(builder.config.finish(), await side.readConfig(files), log, files);
  const summary = merge(builder.summary.finish(), await side.readSummary(files), log, files);
  stopIfAborted(signal);
  const { _wandb: wandbConfig, ...ownConfig } = config;
  return {
    folder: real,
    ...identityOf(real, log, builder),
    ...timesOf(real, builder, environment, summary),
    config: Object.assign(noValues(), ownConfig),
    wandbConfig: isRecord(wandbConfig) ? wandbConfig : noValues(),
    summary,
    series: builder.history.series(),
    rows: builder.history.rows,
    ...output.kept(),
    environment,
    code: builder.code,
    requirements: await side.readRequirements(files),
    patch: await side.readPatch(files),
    problems: files.problems,
  };
}

async function realFolder(folder: string): Promise<string> {
  try {
    const real = await realpath(folder);
    if ((await stat(real)).isDirectory()) return real;
  } catch {
    // Told below.
  }
  throw new AppError('E_SOURCE_NOT_FOUND', `There is no folder "${folder}".`, {
    next: 'Choose the folder of a run, such as wandb/run-20250131_120000-abcd1234.',
  });
}

/** The name of the run's log: the one of the folder's own run when there are several. */
async function findLog(folder: string, files: RunFiles): Promise<string | null> {
  const names = await files.attempt('.', () => readdir(folder));
  const logs = (names ?? []).filter((name) => runIdOfLog(name) !== null).sort();
  const own = `run-${parseRunFolderName(folder)?.runId}.wandb`;
  const log = logs.includes(own) ? own : (logs[0] ?? null);
  if (logs.length > 1) files.note(log ?? '', 'There are other logs beside it, which are not read.');
  return log;
}

async function readLog(
  log: string,
  files: RunFiles,
  builder: RunBuilder,
  signal: AbortSignal,
): Promise<void> {
  await files.attempt(log, async () => {
    const file = await files.open(log);
    if (!file) return;
    try {
      const { damaged, tooLong } = await readWandbFile(file, builder, signal);
      if (damaged > 0) files.note(log, `It is damaged in ${damaged} places: records are missing.`);
      if (tooLong > 0) files.note(log, `${tooLong} records are too long and were left out.`);
    } finally {
      await file.close();
    }
  });
  const unreadable = builder.unreadable + builder.history.unreadable;
  if (unreadable > 0) files.note(log, `${unreadable} records or values cannot be read.`);
}

async function readConsole(
  files: RunFiles,
  output: SeriesOutput,
  signal: AbortSignal,
): Promise<void> {
  await side.readOutputLog(files, async (piece) => {
    stopIfAborted(signal);
    output.console(piece, piece.bytes.length);
    await output.flush();
  });
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled('Reading the run');
}

/** The log comes first; the files fill in the names it does not have. */
function merge(
  logged: { values: TrackedValues; problems: string[] },
  filed: TrackedValues,
  log: string | null,
  files: RunFiles,
): TrackedValues {
  for (const problem of logged.problems) files.note(log ?? '', problem);
  return Object.assign(noValues(), filed, logged.values);
}
