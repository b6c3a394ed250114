/**
 * Writes to the database in the way of the product and tells each commit once it is one, until it is killed.
 * Argument: the file.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../../src/core/db/open-database.ts';

const db = openDatabase(process.argv[2]!);
const found = db.get("SELECT value FROM meta WHERE key = 'faults'") as
  { value: string } | undefined;
/** Also some pages that are not the one of the number, so that a commit is more than one page. */
const FILL = 'x'.repeat(3000);
for (let number = Number(found?.value ?? 0) + 1; ; number += 1) {
  db.write(() => {
    const set =
      'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
    db.run(set, 'faults', String(number));
    db.run(set, `faults-${number % 40}`, `${number} ${FILL}`);
  });
  writeSync(1, `${number}\n`);
}
