import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ExecutorLock } from '../../db/executor-lock.ts';
import { plural } from '../../../shared/format.ts';
import { fine, wrong, type Check } from './check.ts';

/** Half-written copies, and what a look for room left when it was killed. */
const UNFINISHED = /(?:\.part(?:-journal)?|^\.room-\d+)$/;
/** What is younger may be under way. */
const OLD_MS = 60 * 60_000;

interface LeftoverParts {
  dataDir: string;
  lock: ExecutorLock;
  /** Wall time. */
  now(): number;
}

/** What processes that died left behind and nobody needs. */
export const leftoverCheck = ({ dataDir, lock, now }: LeftoverParts): Check => {
  const unfinished = () =>
    [dataDir, join(dataDir, 'backups')]
      .flatMap(filesIn)
      .filter((file) => UNFINISHED.test(basename(file)))
      .filter((file) => Math.abs(now() - statSync(file).mtimeMs) > OLD_MS);
  return {
    id: 'leftovers',
    title: 'Leftovers',
    look: () => {
      const found = lock.dead().length + unfinished().length;
      if (found === 0) return fine('none');
      const text = `${plural(found, 'file')} of processes that died`;
      return wrong('warning', text, 'Nothing needs them.', `Remove ${plural(found, 'leftover')}`);
    },
    mend: () => {
      const files = unfinished();
      for (const file of files) rmSync(file, { force: true });
      return `${plural(lock.sweep() + files.length, 'file')} removed.`;
    },
  };
};

function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}
