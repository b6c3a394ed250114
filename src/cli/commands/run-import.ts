import { Command } from 'commander';
import { DEFAULT_PROJECT } from '../../shared/domain/project.ts';
import type { ImportedRun } from '../../shared/domain/tracked.ts';
import type { Core } from '../../core/create-core.ts';
import type { ImportRequest } from '../../core/imports/tracked-service.ts';
import { STATUS } from '../exit-status.ts';
import { withInterrupt } from '../interrupt.ts';
import { localFolder } from '../local-folder.ts';
import { printJson, printTable, say } from '../output.ts';
import { operationReporter } from '../report-operation.ts';
import { withCore, type Globals } from '../with-core.ts';

interface ImportOptions {
  project?: string;
  watch?: boolean;
  unfinished?: boolean;
}

const MARKS = { imported: '+', known: '=', skipped: '-' };

/** `run import`: tracked runs become runs and jobs here. */
export function runImportCommand(): Command {
  return new Command('import')
    .description('Import the runs that the W&B SDK left in a folder, with the jobs they make.')
    .argument('<folder>', 'a run folder, a "wandb" folder, or one that holds it')
    .option('-p, --project <project>', 'project to put them into')
    .option('--unfinished', 'also runs without a record of their end, which may still be running')
    .option('--watch', 'go on importing what comes, until interrupted')
    .action(async (folder: string, options: ImportOptions, self: Command) => {
      await withCore(self, (core, globals) => importRuns(core, globals, folder, options));
    });
}

async function importRuns(
  core: Core,
  globals: Globals,
  text: string,
  options: ImportOptions,
): Promise<void> {
  const folder = localFolder(text, 'slipway run import .');
  const project = options.project ?? (process.env['WANDB_PROJECT'] || DEFAULT_PROJECT);
  const control = (signal: AbortSignal) => ({ signal, onProgress: operationReporter() });
  if (options.watch) {
    return withInterrupt((signal) =>
      watch(core, globals, { folder, project, unfinished: options.unfinished === true }, signal),
    );
  }
  const runs = await withInterrupt((signal) =>
    core.tracked.import(
      { folder, project, unfinished: options.unfinished === true },
      control(signal),
    ),
  );
  if (globals.json) return printJson(runs);
  print(runs);
  if (runs.length === 0) say('there are no tracked runs in this folder');
}

/** Watching ends with an interrupt. As JSON, what came is one document then. */
async function watch(
  core: Core,
  { json }: Globals,
  request: ImportRequest,
  signal: AbortSignal,
): Promise<void> {
  const all: ImportedRun[] = [];
  const tell = (runs: ImportedRun[]) => (json ? void all.push(...runs) : print(runs));
  await core.tracked.watchNow(request, signal, tell).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  if (json) printJson(all);
  else say('interrupted');
  process.exitCode = STATUS.interrupted;
}

function print(runs: readonly ImportedRun[]): void {
  if (runs.length > 0) {
    printTable(
      runs.map(({ outcome, folder, runId, text }) => [MARKS[outcome], runId ?? '', folder, text]),
    );
  }
  for (const { folder, problems } of runs) {
    for (const problem of problems) say(`  ${folder}: ${problem}`);
  }
}
