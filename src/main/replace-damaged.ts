import { BrowserWindow, dialog } from 'electron';
import { toErrorData } from '../shared/errors.ts';
import { listBackups, type Backup } from '../core/db/backups.ts';
import { replaceDatabase } from '../core/db/replace-database.ts';
import { placesIn } from '../core/open-stores.ts';
import { damageQuestion, type DamageAnswer } from './damage-question.ts';

const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/**
 * Asks what is to stand in for a damaged database, and puts it there. A backup that is damaged, too, is left
 * out, and it is asked again. Returns false when the person would rather quit.
 * @throws AppError `E_STATE` while another process uses the data folder, `E_DISK_FULL`
 */
export async function replaceDamaged(dataDir: string, error: unknown): Promise<boolean> {
  const { database } = placesIn(dataDir);
  let told = toErrorData(error);
  for (const backup of [...listBackups(database), null]) {
    const answer = await ask(told, backup);
    if (answer === 'quit') return false;
    const chosen = answer === 'restore' ? backup : null;
    try {
      replaceDatabase(database, chosen?.file ?? null, Date.now());
      return true;
    } catch (fault) {
      told = toErrorData(fault);
      if (told.code !== 'E_DB_DAMAGED') throw fault;
    }
  }
  return false;
}

async function ask(
  error: ReturnType<typeof toErrorData>,
  backup: Backup | null,
): Promise<DamageAnswer> {
  const question = damageQuestion(error, backup, (ms) => TIME.format(ms));
  for (const window of BrowserWindow.getAllWindows()) window.hide();
  const { response } = await dialog.showMessageBox(question.box);
  return question.answers[response] ?? 'quit';
}
