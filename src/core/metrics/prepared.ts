import type { Sqlite, Statement } from '../db/sqlite.ts';

const known = new WeakMap<Sqlite, Map<string, Statement>>();

/** A statement that is prepared once for each database: points are added every second. */
export function prepared(db: Sqlite, sql: string): Statement {
  let statements = known.get(db);
  if (!statements) known.set(db, (statements = new Map()));
  let statement = statements.get(sql);
  if (!statement) statements.set(sql, (statement = db.prepare(sql)));
  return statement;
}
