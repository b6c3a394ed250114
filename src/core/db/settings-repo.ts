import { AppError } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS, settingsSchema, type Settings } from '../../shared/domain/settings.ts';
import type { Database } from './database.ts';

/** Settings as rows of text; what is missing, or no longer valid, has its default. */
export class SettingsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(): Settings {
    const rows = this.#db.all('SELECT key, value FROM setting') as { key: string; value: string }[];
    const stored = Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.value)]));
    const parsed = settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...stored });
    return parsed.success ? parsed.data : DEFAULT_SETTINGS;
  }

  save(settings: Settings): Settings {
    const parsed = settingsSchema.safeParse(settings);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new AppError('E_SETTING', `The setting ${issue?.path.join('.')} is not valid.`, {
        ...(issue && { next: issue.message }),
      });
    }
    this.#db.write(() => {
      for (const [key, value] of Object.entries(parsed.data)) {
        this.#db.run('INSERT OR REPLACE INTO setting VALUES (?, ?)', key, JSON.stringify(value));
      }
    });
    return parsed.data;
  }

  /** A value made once per data folder, such as the instance id. */
  metaOnce(key: string, make: () => string): string {
    this.#db.write(() => this.#db.run('INSERT OR IGNORE INTO meta VALUES (?, ?)', key, make()));
    return (this.#db.get('SELECT value FROM meta WHERE key = ?', key) as { value: string }).value;
  }
}
