import { Command } from 'commander';
import type { Run } from '../../shared/domain/run.ts';
import { runStateText } from '../../shared/run-state-text.ts';
import { formatEntryPoint } from '../../core/detect/entry-point.ts';
import type { Core } from '../../core/create-core.ts';
import { foldLine } from '../../core/logs/fold/fold-line.ts';
import { withoutSequences } from '../../core/logs/fold/sequences.ts';
import { findRun } from '../find.ts';
import { handlingInterrupts } from '../interrupt.ts';
import { dateTime, indent, printFields, printJson, say, STATE_MARKS } from '../output.ts';
import { METRIC_POINTS, resultFields } from '../report-results.ts';
import { givenFields } from '../report-given.ts';
import { markFields } from '../report-marks.ts';
import { reportEnd } from '../report-run.ts';
import { queueFields } from '../queue/report-queue.ts';
import { isWaiting, untilStarted } from '../queue/until-ended.ts';
import { untilStopped } from '../until-stopped.ts';
import { settle } from '../settle.ts';
import { withCore, type Globals } from '../with-core.ts';
import { binCommands, markCommands } from './run-marks.ts';
import { runChangesCommand, runCompareCommand } from './run-compare.ts';
import { runRerunCommand, runSpecCommand } from './run-again.ts';
import { runImportCommand } from './run-import.ts';
import { runListCommand } from './run-list.ts';
import { runLogsCommand } from './run-logs.ts';
import { runOutputsCommand } from './run-outputs.ts';

export function runCommand(): Command {
  const run = new Command('run').description('Runs: executions of job versions.');
  run.addCommand(runListCommand());
  run
    .command('show')
    .description('Show one run: its state and why, its build and what happened.')
    .argument('<run>', 'id or name')
    .action(withRun(show));
  run.addCommand(runLogsCommand());
  run
    .command('stop')
    .description('Stop a run: interrupt, and after the grace time kill.')
    .argument('<run>', 'id or name')
    .option('--kill', 'kill at once')
    .action(withRun(stop));
  for (const command of [...markCommands(), ...binCommands()]) run.addCommand(command);
  run.addCommand(runCompareCommand());
  run.addCommand(runChangesCommand());
  run.addCommand(runRerunCommand());
  run.addCommand(runSpecCommand());
  run.addCommand(runOutputsCommand());
  run.addCommand(runImportCommand());
  run.command('attend', { hidden: true }).argument('<run>').action(withRun(attend));
  return run;
}

interface RunOptions {
  kill?: boolean;
}

type RunAction = (core: Core, run: Run, options: RunOptions, globals: Globals) => Promise<void>;

const withRun =
  (action: RunAction) =>
  async (text: string, options: RunOptions, command: Command): Promise<void> => {
    await withCore(command, async (core, globals) => {
      const run = findRun(core, text);
      if (command.name() !== 'attend') await settle(core);
      await action(core, core.runs.get(run.id), options, globals);
    });
  };

async function show(core: Core, run: Run, _options: RunOptions, globals: Globals): Promise<void> {
  const events = core.repos.runs.events(run.id);
  const steps = core.repos.steps.of(run.id);
  const metrics = await core.readSeries(run.id, METRIC_POINTS);
  const waits = core.queues.whyWaiting(run.id);
  if (globals.json) return printJson({ run, waits, events, steps, metrics });
  const failure = run.state === 'failed' ? await failingLine(core, run) : null;
  printFields([
    ['run', `${run.name} (${run.id})`],
    ['job', `${run.projectName}/${run.jobName}:v${run.versionNumber}`],
    ['state', `${STATE_MARKS[run.state]} ${runStateText(run)}${run.paused ? ' (paused)' : ''}`],
    ...queueFields(run, waits),
    ['reason', run.reason?.text ?? '-'],
    ['next', run.reason?.next ?? '-'],
    ...(run.reason?.detail ? [['detail', `\n${indent(run.reason.detail.trim())}`] as const] : []),
    ['command', formatEntryPoint(run.entryPoint)],
    ...givenFields(core, run),
    ...markFields(run),
    ['engine', run.engine ?? `none: imported from ${run.tracked?.folder ?? 'elsewhere'}`],
    ['environment', run.environment ? `${run.environment.name} (${run.environment.because})` : '-'],
    ['log', run.log.reason ? `${run.log.state}: ${run.log.reason}` : run.log.state],
    ...(failure ? [['failing line', failure] as const] : []),
    ...resultFields(run, metrics),
    ...steps.map((step) => [`step ${step.index + 1}`, `${step.name}: ${step.state}`] as const),
    ...events.map((event) => [dateTime(event.at), event.text] as const),
  ]);
}

/** The line of the log that tells why the run failed, by its number from 1; null when none does. */
async function failingLine(core: Core, run: Run): Promise<string | null> {
  const number = await core.logs.failure(run.id);
  const [line] = number === null ? [] : await core.logs.page(run.id, number, 1);
  return line ? `${line.number + 1}: ${withoutSequences(foldLine(line.text)).trim()}` : null;
}

async function stop(core: Core, run: Run, options: RunOptions, globals: Globals): Promise<void> {
  core.runs.stop(run.id);
  if (options.kill) core.runs.stop(run.id);
  core.runs.adopt(run.id);
  const leave = new AbortController();
  await handlingInterrupts(
    () => leave.abort(),
    async () => {
      await untilStopped({ look: () => core.runs.get(run.id), say }, leave.signal);
      await core.runs.attended(run.id);
    },
  );
  const ended = core.runs.get(run.id);
  if (globals.json) printJson({ run: ended });
  else reportEnd(ended);
}

/**
 * What `launch --async` leaves behind: attends one run to its end, and its further tries. It is over where
 * another process took the run.
 */
async function attend(core: Core, run: Run): Promise<void> {
  for (let next: Run | null = run; next; next = core.runs.nextTry(next.id)) {
    do {
      await untilStarted(core, next.id);
      await core.runs.attended(next.id);
      // It waits again where there was no room to start it.
    } while (isWaiting(core, next.id));
  }
}
