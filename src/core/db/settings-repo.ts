import { AppError } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS, settingsSchema, type Settings } from '../../shared/domain/settings.ts';
import { parseImageReference } from '../build/image-reference.ts';
import { parseIndex } from '../build/package-index.ts';
import type { Database } from './database.ts';
import { newId } from './ids.ts';

const SECRET_PREFIX = 'secret ';

/** Settings as rows of JSON; each that is missing, or no longer valid, has its default. */
export class SettingsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(): Settings {
    const rows = this.#db.all('SELECT key, value FROM setting') as { key: string; value: string }[];
    return rows.reduce(withRow, DEFAULT_SETTINGS);
  }

  /** @throws AppError `E_SETTING` when one of them is not valid; nothing is saved then. */
  save(settings: Settings): Settings {
    const parsed = settingsSchema.safeParse(settings);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new AppError('E_SETTING', `The setting ${issue?.path.join('.')} is not valid.`, {
        ...(issue && { next: issue.message }),
      });
    }
    if (parsed.data.packageIndex !== '') parseIndex(parsed.data.packageIndex);
    parseImageReference(parsed.data.baseImage);
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

  /** Names of the secrets that are kept elsewhere (see `core/secrets`), sorted. No value is ever here. */
  secretNames(): string[] {
    const rows = this.#db.all(
      'SELECT substr(key, ?) AS name FROM meta WHERE substr(key, 1, ?) = ? ORDER BY key',
      SECRET_PREFIX.length + 1,
      SECRET_PREFIX.length,
      SECRET_PREFIX,
    );
    return (rows as { name: string }[]).map(({ name }) => name);
  }

  /** Returns whether the name is new. */
  addSecretName(name: string): boolean {
    const key = SECRET_PREFIX + name;
    return this.#db.write(() => this.#db.run("INSERT OR IGNORE INTO meta VALUES (?, '')", key) > 0);
  }

  /** Marks a kept secret as another one than before. */
  stampSecret(name: string): void {
    const key = SECRET_PREFIX + name;
    this.#db.write(() => this.#db.run('UPDATE meta SET value = ? WHERE key = ?', newId(), key));
  }

  /** Differs for each value that was kept under the name, and says nothing of it; null when none is. */
  secretStamp(name: string): string | null {
    const row = this.#db.get('SELECT value FROM meta WHERE key = ?', SECRET_PREFIX + name);
    return (row as { value: string } | undefined)?.value ?? null;
  }

  /** Returns whether the name was there. */
  removeSecretName(name: string): boolean {
    const key = SECRET_PREFIX + name;
    return this.#db.write(() => this.#db.run('DELETE FROM meta WHERE key = ?', key) > 0);
  }
}

/** The settings with one row taken in; as they were when the row is none of them, or not valid. */
function withRow(settings: Settings, row: { key: string; value: string }): Settings {
  try {
    return settingsSchema.parse({ ...settings, [row.key]: JSON.parse(row.value) });
  } catch {
    return settings;
  }
}
