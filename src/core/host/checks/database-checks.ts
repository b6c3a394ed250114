import { basename } from 'node:path';
import type { Clock } from '../../clock.ts';
import { backupIsDue, listBackups } from '../../db/backups.ts';
import { setAside } from '../../db/database-files.ts';
import type { Care } from '../care-task.ts';
import { fine, wrong, type Check } from './check.ts';

/** The database itself. It cannot be replaced while it is open: that is done at a start. */
export const databaseCheck = (file: string, care: Care): Check => ({
  id: 'database',
  title: 'Database',
  look: async (signal) => {
    const problems = await care('check', { file }, signal);
    if (problems.length === 0) return fine(`${basename(file)} is whole`);
    const backups = listBackups(file).length;
    const fix =
      backups === 0
        ? 'There is no backup of it. Close Slipway; at the next start it offers to begin empty.'
        : 'Close Slipway everywhere and restore a backup: slipway doctor --restore';
    return wrong('missing', `${basename(file)} is damaged: ${problems[0]}`, fix);
  },
});

/** One that holds content beside the database. `close` is called before it is moved. */
export const contentCheck = (
  { id, title, file, holds }: { id: string; title: string; file: string; holds: string },
  care: Care,
  { clock, close }: { clock: Clock; close(): Promise<void> },
): Check => ({
  id,
  title,
  look: async (signal) => {
    const problems = await care('check', { file }, signal);
    if (problems.length === 0) return fine(`${basename(file)} is whole`);
    const text = `${basename(file)} is damaged: ${problems[0]}`;
    const fix = `Set it aside and begin a new one; ${holds} that cannot be read are missing then.`;
    return wrong('missing', text, fix, 'Set it aside');
  },
  mend: async () => {
    await close();
    const aside = setAside(file, clock.now());
    return aside === null ? 'There was nothing to set aside.' : `It is kept as ${aside}.`;
  },
});

/** Of a database that cannot be opened: is there something to restore? */
export const restorableCheck = (file: string): Check => ({
  id: 'backups',
  title: 'Backups',
  look: () => {
    const text = keptText(file);
    return text === null ? wrong('warning', 'there is none', null) : fine(text);
  },
});

/** Null where there is none. */
function keptText(file: string): string | null {
  const [newest, ...others] = listBackups(file);
  if (!newest) return null;
  const at = new Date(newest.takenAt).toISOString().slice(0, 16).replace('T', ' ');
  return `${others.length + 1} kept, the newest of ${at} UTC`;
}

export const backupCheck = (file: string, care: Care, clock: Clock): Check => ({
  id: 'backups',
  title: 'Backups',
  look: () => {
    const text = keptText(file);
    const isDue = backupIsDue(file, clock.now());
    if (text === null) {
      if (!isDue) return fine('none yet: the database was just made');
      return wrong('warning', 'there is none', 'Make one now.', 'Make a backup');
    }
    if (!isDue) return fine(text);
    return wrong('warning', text, 'Make one of today.', 'Make a backup');
  },
  mend: async (signal) => {
    const { file: made } = await care('backUp', { database: file, now: clock.now() }, signal);
    return `The database was copied to ${made}.`;
  },
});
