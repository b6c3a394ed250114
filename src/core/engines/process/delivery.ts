import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CreateRequest } from '../engine.ts';
import { liveEnvironment, liveModule } from '../live-module.ts';
import { secretFiles } from '../secret-files.ts';
import { unlessMissing } from './file-errors.ts';

const SECRETS = 'secrets';
const PYTHON = 'python';

/** What the environment gains when live metrics are wanted. `folder`: that of the attempt. */
export function liveVariables(
  folder: string,
  { live, env }: CreateRequest,
): Record<string, string> {
  return live === null ? {} : liveEnvironment(live, join(folder, PYTHON), env['PYTHONPATH']);
}

/**
 * Puts secrets, and the Python module of live metrics, into the folder of an attempt. Secrets are in
 * no record: nothing but their files holds them.
 */
export async function deliverBeside(
  folder: string,
  { secrets, live }: CreateRequest,
  resources: string,
): Promise<void> {
  if (secrets.length > 0) await writeAll(join(folder, SECRETS), secretFiles(secrets), 0o600);
  // Copied: Python keeps what it compiled beside the files that it loads.
  if (live !== null) await writeAll(join(folder, PYTHON), await liveModule(resources), 0o600);
}

async function writeAll(
  folder: string,
  files: readonly { name: string; bytes: Buffer }[],
  mode: number,
): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  for (const { name, bytes } of files) {
    await writeFile(join(folder, name), bytes, { mode, flag: 'wx' });
  }
}

/** The words that start a program: through the script that makes variables of secrets, if it has some. */
export async function startWords(
  folder: string,
  program: string[],
  resources: string,
): Promise<string[]> {
  const secrets = join(folder, SECRETS);
  if ((await unlessMissing(stat(secrets))) === null) return program;
  return ['/bin/sh', join(resources, 'start.sh'), secrets, ...program];
}
