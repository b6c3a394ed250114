import { setImmediate } from 'node:timers/promises';
import type { RunColumn, RunQuery, RunScope } from '../../shared/domain/run-list.ts';
import type { Sqlite } from '../db/sqlite.ts';
import { answerQuery, FIRST, type Answered } from './answer-query.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { listColumns } from './list-columns.ts';
import type { EngineOptions, QueryAnswer } from './protocol.ts';
import { RunSource } from './run-source.ts';
import { RunTable } from './run-table.ts';
import { filterRows, rowsIn } from './select-rows.ts';
import { topRows } from './top-rows.ts';

/** Orders that are kept, so that further pages of them cost nothing. */
const KEPT = 6;
/** Runs from which on the first answer takes longer than a blink. */
const MANY = 10_000;
const REHEARSED = 10;
/** How long an order by what active runs have taken so far is good enough. */
const TIMED_MS = 2000;

interface Kept {
  answered: Answered;
  /** When it was so, for an order that changes as time goes on. */
  at: number | null;
}

/** Answers queries from columns that it keeps up to date. One at a time. */
export class ListEngine {
  readonly #db: Sqlite;
  readonly #options: EngineOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #columns = new Map<string, RunColumn[]>();
  readonly #scopes = new Map<string, Uint32Array>();
  #loaded: { table: RunTable; source: RunSource } | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(db: Sqlite, options: EngineOptions) {
    this.#db = db;
    this.#options = options;
  }

  /** @param now ms since 1970, to which active runs have taken so far */
  query(query: RunQuery, now: number): Promise<QueryAnswer> {
    return this.#inTurn((table) => {
      const all = this.#rowsIn(table, query.scope).length;
      const { total, upTo, groups } = this.#answer(table, query, now);
      const end = query.offset + query.limit;
      const page = upTo(end).subarray(query.offset, end);
      return { all, total, seqs: Array.from(page, (row) => table.seq(row)), groups };
    });
  }

  columns(scope: RunScope): Promise<RunColumn[]> {
    return this.#inTurn((table) => {
      const key = JSON.stringify(scope);
      const columns = this.#columns.get(key) ?? listColumns(table, this.#rowsIn(table, scope));
      keep(this.#columns, key, columns);
      return columns;
    });
  }

  /** Reads everything, ahead of the first question. */
  async warm(): Promise<void> {
    await this.#inTurn(() => undefined);
  }

  #inTurn<T>(work: (table: RunTable) => T): Promise<T> {
    const turn = this.#turn.then(async () => work(await this.#table()));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #table(): Promise<RunTable> {
    const isFirst = this.#loaded === null;
    const { table, source } = (this.#loaded ??= this.#start());
    try {
      const became = await source.refresh();
      if (became !== 'same') this.#forget();
      if (became === 'useless') {
        this.#loaded = null;
        return await this.#table();
      }
      if (isFirst && table.size >= MANY) {
        await rehearse(table);
        giveBackMemory();
      }
      return table;
    } catch (error) {
      // Whatever was read by halves is read again.
      this.#loaded = null;
      this.#forget();
      throw error;
    }
  }

  #start() {
    const table = new RunTable(this.#options.states, this.#options.priorities);
    return { table, source: new RunSource(this.#db, table, this.#options) };
  }

  #answer(table: RunTable, query: RunQuery, now: number): Answered {
    const { scope, filter, sort, groupBy } = query;
    const key = JSON.stringify([scope, filter, sort, groupBy]);
    const kept = this.#kept.get(key);
    if (kept && (kept.at === null || Math.abs(now - kept.at) < TIMED_MS)) return kept.answered;
    const answered = answerQuery(table, this.#rowsIn(table, scope), query, now);
    keep(this.#kept, key, { answered, at: isTimed(query) ? now : null });
    return answered;
  }

  #rowsIn(table: RunTable, scope: RunScope): Uint32Array {
    const key = JSON.stringify(scope);
    const rows = this.#scopes.get(key) ?? rowsIn(table, scope);
    keep(this.#scopes, key, rows);
    return rows;
  }

  #forget(): void {
    this.#kept.clear();
    this.#scopes.clear();
    this.#columns.clear();
  }
}

/** As the newest of a few. */
function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
}

const isTimed = ({ sort, groupBy, filter }: RunQuery): boolean =>
  [groupBy, ...[...sort, ...(filter.conditions ?? [])].map(({ column }) => column)].includes(
    'duration',
  );

/**
 * Puts words in their order, which takes time for as many as there are runs; and code that has sorted
 * and filtered a few times is several times faster than when it is new.
 */
async function rehearse(table: RunTable): Promise<void> {
  const rows = table.rows(false);
  const columns = [table.stored.name, ...[...table.values.all()].map(({ column }) => column)];
  for (const column of columns.slice(0, REHEARSED)) {
    topRows(rows, column, { descending: false, count: FIRST });
    filterRows(table, rows, { text: '-' }, 0);
    await setImmediate();
  }
}
