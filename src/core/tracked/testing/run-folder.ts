import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { wandbBytes } from './write-wandb.ts';

/** A new folder that the end of the test takes away, by its real path. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-tracked-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files into a folder, with the folders they are in. */
export function writeFiles(folder: string, files: Record<string, string | Uint8Array>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A run's folder with a log of these records, and other files. */
export const runFolder = (
  records: Uint8Array[] | null,
  files: Record<string, string | Uint8Array> = {},
): string =>
  writeFiles(join(temporaryFolder(), 'run-20250131_120000-abc'), {
    ...(records && { 'run-abc.wandb': wandbBytes(records) }),
    'files/.keep': '',
    ...files,
  });
