import { valueColumnId, VALUE_SOURCES, type ValueSource } from '../../shared/domain/run-columns.ts';
import { eachFlatValue } from '../../shared/flat-values.ts';
import { StoredColumn } from './column.ts';

/** Names that are longer cannot be asked for. */
const MOST_NAME = 1000;
/** What no list has use for: a key of its own in every run makes as many columns as there are runs. */
const MOST_COLUMNS = 10_000;

export interface ValueColumn {
  id: string;
  name: string;
  of: ValueSource;
  column: StoredColumn;
}

/** The columns of values that runs have. Those above a limit are not there: they are empty in all. */
export class ValueColumns {
  readonly #columns: Record<ValueSource, Map<string, StoredColumn>> = {
    config: new Map(),
    summary: new Map(),
  };

  get(id: string): StoredColumn | undefined {
    const of = VALUE_SOURCES.find((source) => id.startsWith(valueColumnId(source, '')));
    return of && this.#columns[of].get(id.slice(valueColumnId(of, '').length));
  }

  *all(): Generator<ValueColumn> {
    for (const of of VALUE_SOURCES) {
      for (const [name, column] of this.#columns[of]) {
        yield { id: valueColumnId(of, name), name, of, column };
      }
    }
  }

  /** Takes out what a run had. */
  clear(row: number): void {
    for (const { column } of this.all()) column.set(row, null);
  }

  /** What a run has now. */
  put(row: number, values: Record<ValueSource, Record<string, unknown> | null>): void {
    for (const of of VALUE_SOURCES) this.#putValues(row, this.#columns[of], values[of]);
  }

  #putValues(
    row: number,
    columns: Map<string, StoredColumn>,
    values: Record<string, unknown> | null,
  ): void {
    if (!values) return;
    eachFlatValue(values, (name, value) => {
      const known = columns.get(name);
      if (known) return known.set(row, value);
      if (value === null || name.length > MOST_NAME || columns.size >= MOST_COLUMNS) return;
      const added = new StoredColumn();
      columns.set(name, added);
      added.set(row, value);
    });
  }
}
