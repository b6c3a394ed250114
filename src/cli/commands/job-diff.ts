import { Command, Option } from 'commander';
import type { Comparison } from '../../shared/domain/comparison.ts';
import type { Core } from '../../core/create-core.ts';
import {
  compareVersionFile,
  compareVersions,
  type VersionOfJob,
} from '../../core/compare/compare-versions.ts';
import { findJobVersion } from '../find.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson } from '../output.ts';
import { describeChange, printComparison, printFileComparison } from '../report-comparison.ts';
import { withCore, type Globals } from '../with-core.ts';

interface DiffOptions {
  project?: string;
  filesOnly?: boolean;
  patch?: boolean;
}

/** `job diff`: what two versions differ in; with a path or `--patch`, line by line. */
export function jobDiffCommand(): Command {
  return new Command('diff')
    .description('Show what differs between two versions: source, environment, inputs, files.')
    .argument('<before>', '[project/]name[:vN or alias]')
    .argument('<after>', '[project/]name[:vN or alias]')
    .argument('[path]', 'show how this file differs')
    .addOption(new Option('--files-only', 'only the files').conflicts('patch'))
    .option('--patch', 'how every file differs, as a patch')
    .option('-p, --project <project>', 'project of the jobs')
    .action(
      async (
        before: string,
        after: string,
        path: string | undefined,
        options: DiffOptions,
        self: Command,
      ) => {
        await withCore(self, async (core, globals) => {
          const pair = [before, after].map((text) => findJobVersion(core, text, options.project));
          await withInterrupt((signal) =>
            diff(core, globals, [pair[0]!, pair[1]!], path, options, signal),
          );
        });
      },
    );
}

type Pair = readonly [VersionOfJob, VersionOfJob];

async function diff(
  core: Core,
  globals: Globals,
  pair: Pair,
  path: string | undefined,
  options: DiffOptions,
  signal: AbortSignal,
): Promise<void> {
  if (path !== undefined) return diffFile(core, globals, pair, path, signal);
  const comparison = await compareVersions(core.snapshots, ...pair, signal);
  if (options.patch) return printPatches(core, globals, pair, comparison, signal);
  if (options.filesOnly) {
    if (globals.json) return printJson(comparison.files);
    return printComparison(comparison, ['files']);
  }
  if (globals.json) return printJson(comparison);
  printComparison(comparison, ['about', 'files']);
}

async function diffFile(
  core: Core,
  globals: Globals,
  [before, after]: Pair,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const comparison = await compareVersionFile(
    core.snapshots,
    before.version,
    after.version,
    { path },
    signal,
  );
  if (globals.json) return printJson(comparison);
  printFileComparison(path, comparison);
}

async function printPatches(
  core: Core,
  globals: Globals,
  [before, after]: Pair,
  { files }: Comparison,
  signal: AbortSignal,
): Promise<void> {
  const patches = [];
  for (const change of files?.changes ?? []) {
    const file = { path: change.path, from: change.from ?? undefined };
    const comparison = await compareVersionFile(
      core.snapshots,
      before.version,
      after.version,
      file,
      signal,
    );
    if (globals.json) patches.push({ ...file, ...comparison });
    else printFileComparison(describeChange(change), comparison);
  }
  if (globals.json) printJson(patches);
}
