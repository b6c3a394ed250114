import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import { MIGRATIONS } from '../../db/migrations.ts';
import { openSqlite } from '../../db/sqlite.ts';
import { fine, wrong, type Check } from './check.ts';

/** A clock that is set by the network is never this far off. */
const AHEAD_MS = 5 * 60_000;

interface Index {
  name: string;
  sql: string;
}

/** Are the indices of the schema there? Without one lists are slow, and names can be given twice. */
export const indexCheck = (db: Database): Check => {
  const missing = () => {
    const there = new Set(indicesOf((sql) => db.all(sql)).map(({ name }) => name));
    return indicesOfSchema().filter(({ name }) => !there.has(name));
  };
  return {
    id: 'indices',
    title: 'Indices',
    look: () => {
      const names = missing().map(({ name }) => name);
      if (names.length === 0) return fine('all there');
      const text = `${names.length === 1 ? 'one is' : `${names.length} are`} missing: ${names.join(', ')}`;
      return wrong('warning', text, 'Make them again.', 'Make them again');
    },
    mend: () => {
      const indices = missing();
      db.write(() => indices.forEach(({ sql }) => db.run(sql)));
      return `Made again: ${indices.map(({ name }) => name).join(', ') || 'none'}.`;
    },
  };
};

const indicesOf = (all: (sql: string) => unknown[]): Index[] =>
  all(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
  ) as Index[];

function indicesOfSchema(): Index[] {
  const model = openSqlite(':memory:');
  try {
    for (const sql of MIGRATIONS) model.exec(sql);
    return indicesOf((sql) => model.prepare(sql).all());
  } finally {
    model.close();
  }
}

/** Times are for display alone, but a clock that jumped shows runs in the future. */
export const clockCheck = (db: Database, clock: Clock): Check => ({
  id: 'clock',
  title: 'Clock',
  look: () => {
    const row = db.get('SELECT max(created_at) AS newest FROM run') as { newest: number | null };
    const ahead = (row.newest ?? 0) - clock.now();
    const at = new Date(clock.now()).toISOString().slice(0, 16).replace('T', ' ');
    if (ahead <= AHEAD_MS) return fine(`${at} UTC`);
    const text = `it says ${at} UTC, which is before the newest run`;
    return wrong(
      'warning',
      text,
      'Set the clock of this machine. Order and limits do not need it.',
    );
  },
});
