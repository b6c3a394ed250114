import { Command } from 'commander';
import type { LogLine } from '../../shared/contract/log-stream.ts';
import { isTerminal, type Run } from '../../shared/domain/run.ts';
import { plural } from '../../shared/format.ts';
import type { Core } from '../../core/create-core.ts';
import { saveLog } from '../../core/logs/save-log.ts';
import { buildLogId } from '../../core/runs/build-recorder.ts';
import { findRun } from '../find.ts';
import { handlingInterrupts } from '../interrupt.ts';
import { grepLog } from '../log/grep-log.ts';
import {
  byLine,
  checkTogether,
  countOption,
  type LogOptions,
  streamOption,
  timeOption,
} from '../log/log-options.ts';
import { linesOf, pagesOf, type PrintedLog, printedLine, write } from '../log/log-lines.ts';
import { printJson, say } from '../output.ts';
import { streamLog } from '../stream-log.ts';
import { settle } from '../settle.ts';
import { withCore, type Globals } from '../with-core.ts';

const time = (text: string): number => timeOption(text);

/** `run logs`: what a run printed. */
export function runLogsCommand(): Command {
  return new Command('logs')
    .description('Print what a run wrote: byte for byte, or the lines that are asked for.')
    .argument('<run>', 'id or name')
    .option('-f, --follow', 'go on until the run ends')
    .option('--build', 'what building its environment printed, instead')
    .option('--stream <stream>', 'only out or err', streamOption)
    .option('--grep <pattern>', 'only lines that match a regular expression', String)
    .option('-i, --ignore-case', 'with --grep: capital letters or not')
    .option('-F, --fixed-strings', 'with --grep: the pattern is plain text')
    .option('-C, --context <lines>', 'with --grep: also so many lines around', countOption)
    .option('--since <time>', 'only lines from then on: 5m, 14:30, 2026-11-21', time)
    .option('--until <time>', 'only lines before', time)
    .option('--timestamps', 'with the time of each line')
    .option('--tail <lines>', 'only the last lines', countOption)
    .option('--raw', 'lines as they were written, not as a terminal shows them')
    .option('--save <file>', 'write the exact bytes into a file')
    .action(async (text: string, options: LogOptions, command: Command) => {
      checkTogether(options);
      await withCore(command, async (core, globals) => {
        const { id } = findRun(core, text);
        await settle(core);
        await logs(core, core.runs.get(id), options, globals);
      });
    });
}

async function logs(core: Core, run: Run, options: LogOptions, globals: Globals): Promise<void> {
  const id = options.build ? buildLogId(run.id) : run.id;
  const leave = new AbortController();
  const follow = options.follow === true && options.build !== true;
  // A run that lost its process is followed by this one while it is here.
  if (follow) core.runs.adopt(run.id);
  const ended = () => !follow || isTerminal(core.runs.get(run.id).state);
  const log = { core, id, ended, signal: leave.signal };
  await handlingInterrupts(
    () => leave.abort(),
    () => print(log, run, options, globals),
  );
}

async function print(
  log: PrintedLog,
  run: Run,
  options: LogOptions,
  globals: Globals,
): Promise<void> {
  if (options.save !== undefined) return save(log, options, options.save, globals);
  if (globals.json) return printJson({ run, lines: await allLines(log, options) });
  if (byLine(options)) return printLines(log, options);
  const { core, id, signal } = log;
  const only = options.build ? { only: process.stdout } : {};
  await streamLog(core, id, signal, { ...only, ended: log.ended, stream: options.stream });
}

async function save(
  { core, id, signal }: PrintedLog,
  { stream }: LogOptions,
  to: string,
  globals: Globals,
): Promise<void> {
  const choice = { streams: stream === undefined ? null : [stream], plain: false };
  const { file, bytes } = await saveLog({ store: core.logs, id }, choice, to, { signal });
  if (globals.json) printJson({ file, bytes });
  else say(`${plural(bytes, 'byte')} saved as ${file}`);
}

async function printLines(log: PrintedLog, options: LogOptions): Promise<void> {
  const raw = options.raw === true;
  const shown = await linesOf(log, options, { folded: !raw, ends: raw });
  const lines = (page: readonly LogLine[]) =>
    write(page.map((line) => printedLine(line, options)).join(''));
  if (options.grep === undefined) {
    for await (const page of pagesOf(log, shown)) await lines(page);
  } else tellFound(await grepLog(log, shown, options, { lines, gap: () => write('--\n') }));
}

/** The lines as they were written. */
async function allLines(log: PrintedLog, options: LogOptions): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  const take = (page: readonly LogLine[]): void => void lines.push(...page);
  const shown = await linesOf(log, options, { folded: false, ends: false });
  if (options.grep === undefined) {
    for await (const page of pagesOf(log, shown)) take(page);
  } else tellFound(await grepLog(log, shown, options, { lines: take, gap: () => undefined }));
  return lines;
}

/** The exit status is as grep's, so that scripts can ask. */
function tellFound(count: number): void {
  if (count === 0) process.exitCode = 1;
}
