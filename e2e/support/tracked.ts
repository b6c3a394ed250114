import { createHash } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { item, message, record } from '../../src/core/tracked/testing/records.ts';
import { wandbBytes } from '../../src/core/tracked/testing/write-wandb.ts';

/** A moment of the runs that are made: 2025-01-31, in milliseconds. */
const START = 1738324800000;

export interface Recorded {
  id: string;
  exitCode?: number | null;
  config?: Record<string, unknown>;
  /** Rows of the history, one per step. */
  history?: Record<string, unknown>[];
  summary?: Record<string, unknown>;
  output?: string;
  /** Files of the code that was logged, by path; the first is the program. */
  code?: Record<string, string>;
  /** A git remote and commit, and the program in it. */
  git?: { remote: string; commit: string; program: string };
  /** More files in the run's folder. */
  files?: Record<string, string>;
}

/** Writes what the W&B SDK leaves behind for an offline run below `folder/wandb`. Returns its folder. */
export async function writeRun(folder: string, run: Recorded): Promise<string> {
  const runFolder = join(folder, 'wandb', `offline-run-20250131_120000-${run.id}`);
  const files = run.files ?? {};
  await write(join(runFolder, `run-${run.id}.wandb`), wandbBytes(recordsOf(run)));
  for (const [path, text] of Object.entries(files)) await write(join(runFolder, path), text);
  const staging = join(folder, 'wandb', 'data', 'artifacts', 'staging');
  for (const text of Object.values(run.code ?? {})) await write(join(staging, nameOf(text)), text);
  return runFolder;
}

/** Makes a run without an end look as one that was left long ago. */
export const leave = async (file: string): Promise<void> =>
  utimes(file, START / 1000, START / 1000);

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** The SDK gives its copies names that say nothing. */
const nameOf = (text: string): string => `tmp${createHash('md5').update(text).digest('hex')}`;

function recordsOf({ id, config, history, summary, output, code, git, exitCode = 0 }: Recorded) {
  const start = message({ 1: Math.floor(START / 1000), 2: 0 });
  const program = git?.program ?? Object.keys(code ?? {})[0] ?? 'main.py';
  const gitRecord = git ? { 9: message({ 1: git.remote, 2: git.commit }) } : {};
  return [
    record.run({ 1: id, 3: 'tracked', 8: `named-${id}`, 17: start }),
    record.environment({ 2: 'CPython 3.11.2', 7: program, 8: program, ...gitRecord }),
    ...(code ? [record.code(`source-tracked-${program}`, Object.entries(code).map(entryOf))] : []),
    record.config(
      Object.entries(config ?? {}).map(([name, value]) => item(name, JSON.stringify(value))),
    ),
    ...(history ?? []).map((row, step) =>
      record.history({ _step: step, _timestamp: START / 1000 + step, ...row }),
    ),
    ...(output ? [record.output(output, START)] : []),
    ...(summary ? [record.summary(summary)] : []),
    ...(exitCode === null ? [] : [record.exit(exitCode, 12)]),
  ];
}

const entryOf = ([path, text]: [string, string]) => ({
  1: path,
  2: createHash('md5').update(text).digest('base64'),
  4: Buffer.byteLength(text),
  6: `/home/me/.local/share/wandb/artifacts/staging/${nameOf(text)}`,
});
