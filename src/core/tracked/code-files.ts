import { createHash } from 'node:crypto';
import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, cancelled } from '../../shared/errors.ts';
import { openRegular, readLimited } from '../regular-file.ts';
import { isInside } from './run-source.ts';
import type { CodeArtifact, CodeEntry } from './tracked-run.ts';

/** Largest file of code that is taken, in bytes, and all of them together. */
const FILE_LIMIT = 64 << 20;
const TOTAL_LIMIT = 1 << 30;

const STAGING = ['artifacts', 'staging'];

/**
 * Where the file of a code artifact is on this machine, within a data folder: the SDK records the
 * path under `$WANDB_DATA_DIR/artifacts/staging` of the machine or container where it ran. Null for a
 * path that is not in such a folder.
 */
export function mapLocalPath(localPath: string, dataFolder: string): string | null {
  const [, name] = /^.*[\\/]artifacts[\\/]staging[\\/]([^\\/]+)$/s.exec(localPath) ?? [];
  return name !== undefined && isInside(name) ? join(dataFolder, ...STAGING, name) : null;
}

/** Data folders that belong to a run by where they are: beside its folder, or beside `wandb/`. */
const dataFoldersOf = (runFolder: string): string[] => [
  join(runFolder, '..', 'data'),
  join(runFolder, '..', '..', 'data'),
];

/**
 * Writes the code that a run logged to a new folder. The SDK's copies are looked for in the data
 * folders given, then in those beside the run's folder, never through a link, and checked by MD5.
 * @throws AppError `E_SOURCE_NOT_FOUND` when a file is gone or is another one by now,
 * `E_SOURCE_REFUSED` for paths that leave the folder, `E_SOURCE_LIMIT`, `E_CANCELLED`
 */
export async function writeCode(
  code: CodeArtifact,
  from: { runFolder: string; dataFolders: readonly string[] },
  target: string,
  signal: AbortSignal,
  totalLimit: number = TOTAL_LIMIT,
): Promise<void> {
  const folders = await usable([...from.dataFolders, ...dataFoldersOf(from.runFolder)]);
  checkEntries(code, totalLimit);
  let total = 0;
  for (const entry of code.entries) {
    if (signal.aborted) throw cancelled('Reading the logged code');
    const bytes = await findBytes(entry, folders);
    if (!bytes) throw gone(code, entry);
    // The sizes on record are the word of whoever wrote the log, and many entries may share a copy.
    if ((total += bytes.length) > totalLimit) throw tooLarge(code);
    const path = join(target, entry.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes, { flag: 'wx' });
  }
}

/** Data folders whose way to the copies has no links. */
async function usable(folders: readonly string[]): Promise<string[]> {
  const checked = await Promise.all(
    folders.map(async (folder) => {
      const [artifacts, staging] = [join(folder, 'artifacts'), join(folder, ...STAGING)];
      return (await isFolder(artifacts)) && (await isFolder(staging)) ? folder : null;
    }),
  );
  return checked.filter((folder) => folder !== null);
}

const isFolder = (path: string): Promise<boolean> =>
  lstat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );

function checkEntries(code: CodeArtifact, totalLimit: number): void {
  const { name, entries } = code;
  const paths = new Set<string>();
  let total = 0;
  for (const { path, size } of entries) {
    if (!isInside(path) || paths.has(path)) {
      throw new AppError('E_SOURCE_REFUSED', `The logged code "${name}" has unusable paths.`, {
        next: 'Make the job from the folder or repository of the code instead.',
        detail: path,
      });
    }
    paths.add(path);
    total += Math.max(0, size);
  }
  if (total > totalLimit) throw tooLarge(code);
}

const tooLarge = ({ name }: CodeArtifact): AppError =>
  new AppError('E_SOURCE_LIMIT', `The logged code "${name}" is larger than 1 GiB.`, {
    next: 'Make the job from the folder or repository of the code instead.',
  });

/** The bytes of the first copy that has the right sum. */
async function findBytes(entry: CodeEntry, folders: readonly string[]): Promise<Buffer | null> {
  for (const folder of folders) {
    const path = mapLocalPath(entry.localPath, folder);
    const bytes = path && (await readCopy(path).catch(() => null));
    if (bytes && createHash('md5').update(bytes).digest('base64') === entry.md5) return bytes;
  }
  return null;
}

async function readCopy(path: string): Promise<Buffer | null> {
  const file = await openRegular(path);
  try {
    return file && (await readLimited(file, FILE_LIMIT));
  } finally {
    await file?.close();
  }
}

const gone = (code: CodeArtifact, { path }: CodeEntry): AppError =>
  new AppError('E_SOURCE_NOT_FOUND', `The code that the run logged is no longer there: ${path}.`, {
    next: 'Make the job from the folder or repository of the code instead.',
    detail: code.name,
  });
