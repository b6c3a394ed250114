import type { MessageBoxOptions } from 'electron';
import type { ErrorData } from '../shared/errors.ts';
import type { Backup } from '../core/db/backups.ts';

export type DamageAnswer = 'restore' | 'empty' | 'quit';

/** A question and what each of its buttons means. */
export interface DamageQuestion {
  box: MessageBoxOptions;
  answers: DamageAnswer[];
}

const KEPT =
  'Nothing is deleted: the damaged file is kept beside the new one. Runs that go on are not touched, and logs and ' +
  'containers of runs that the backup does not know are kept.';

/** What is asked when the database cannot be used. `time` says when a backup was taken. */
export function damageQuestion(
  error: ErrorData,
  backup: Backup | null,
  time: (ms: number) => string,
): DamageQuestion {
  const restore: [DamageAnswer, string][] =
    backup === null ? [] : [['restore', `Restore the backup of ${time(backup.takenAt)}`]];
  const choices: [DamageAnswer, string][] = [
    ...restore,
    ['empty', 'Begin empty'],
    ['quit', 'Quit'],
  ];
  const without = backup === null ? 'There is no backup of it. ' : '';
  return {
    answers: choices.map(([answer]) => answer),
    box: {
      type: 'error',
      title: 'Slipway cannot start',
      message: error.message,
      detail: [without + KEPT, error.detail].filter(Boolean).join('\n\n'),
      buttons: choices.map(([, label]) => label),
      // Without a backup, nothing is begun by a key that was meant for something else.
      defaultId: backup === null ? choices.length - 1 : 0,
      cancelId: choices.length - 1,
      noLink: true,
    },
  };
}
