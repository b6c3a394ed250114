import type { Command } from 'commander';
import { AppError } from '../shared/errors.ts';
import { listBackups, type Backup } from '../core/db/backups.ts';
import { replaceDatabase } from '../core/db/replace-database.ts';
import { placesIn } from '../core/open-stores.ts';
import { agree } from './agree.ts';
import { withInterrupt } from './interrupt.ts';
import { dateTime, printJson, printTable, say } from './output.ts';
import { globalsOf } from './with-core.ts';

export interface ReplaceOptions {
  /** A time, or true for the newest. */
  restore?: string | true;
  empty?: boolean;
  backups?: boolean;
  yes?: boolean;
}

/** Lists backups, or puts one of them (or nothing) in the place of the database, which is kept. */
export async function replaceInTerminal(command: Command, options: ReplaceOptions): Promise<void> {
  const { dataDir, json } = globalsOf(command);
  const { database } = placesIn(dataDir);
  if (options.backups) return list(listBackups(database), json);
  const backup = options.empty ? null : chosen(listBackups(database), options.restore);
  const by = backup ? `the backup of ${dateTime(backup.takenAt)}` : 'an empty database';
  const question = `Put ${by} in the place of ${database}? What is there now is kept beside it.`;
  const why = 'Nobody can be asked here whether the database is to be replaced.';
  if (!(await withInterrupt((signal) => agree(question, options, signal, why)))) {
    return say('Nothing was changed.');
  }
  const restored = replaceDatabase(database, backup?.file ?? null, Date.now());
  if (json) return printJson(restored);
  say(`${database} is now ${by}.`);
  if (restored.aside) say(`What was there is kept as ${restored.aside}.`);
  say('Containers and logs of runs that it does not know are left alone: see `slipway doctor`.');
}

/** @throws AppError `E_NOT_FOUND` */
function chosen(backups: readonly Backup[], time: string | true | undefined): Backup {
  const found =
    typeof time === 'string'
      ? backups.find(({ takenAt }) => dateTime(takenAt) === time)
      : backups[0];
  if (found) return found;
  const what = typeof time === 'string' ? `no backup of ${time}` : 'no backup of the database';
  throw new AppError('E_NOT_FOUND', `There is ${what}.`, {
    next: 'See `slipway doctor --backups`; with --empty it begins without any.',
  });
}

function list(backups: readonly Backup[], json: boolean): void {
  if (json) return printJson(backups);
  if (backups.length === 0) return say('there is no backup yet');
  printTable([
    ['TIME', 'MADE', 'BYTES', 'FILE'],
    ...backups.map(({ takenAt, kind, bytes, file }) => [
      dateTime(takenAt),
      kind === 'daily' ? 'daily' : 'before an update',
      String(bytes),
      file,
    ]),
  ]);
}
