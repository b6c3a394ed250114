import {
  OWN_COLUMNS,
  VALUE_SOURCES,
  valueColumnId,
  type RunColumn,
  type ValueSource,
} from '../../shared/domain/run-list.ts';
import { AppError } from '../../shared/errors.ts';
import { nearNames } from '../../core/near-names.ts';

/** A column as a person names it: one of every list (`state`), or a value (`config.lr`). */
export interface NamedColumn {
  name: string;
  /** As a query names it. */
  id: string;
  value: { of: ValueSource; path: string } | null;
}

/** What people call columns otherwise. */
const ALIASES: Readonly<Record<string, string>> = { tag: 'tags', note: 'notes', took: 'duration' };

/**
 * Finds columns by name. Values are asked for only when one is named.
 * @param values the columns of values that runs have
 */
export class ColumnFinder {
  readonly #values: () => Promise<readonly RunColumn[]>;

  constructor(values: () => Promise<readonly RunColumn[]>) {
    this.#values = values;
  }

  /** @throws AppError `E_ARGS` with the names that are near */
  async find(text: string): Promise<NamedColumn> {
    const name = ALIASES[text] ?? text;
    if ((OWN_COLUMNS as readonly string[]).includes(name)) return { name, id: name, value: null };
    const values = await this.#values();
    const found = VALUE_SOURCES.filter((of) => text.startsWith(`${of}.`)).map((of) =>
      valueColumn(of, text.slice(of.length + 1)),
    )[0];
    // Where no run has values, any name may be right.
    if (found && (values.length === 0 || values.some(({ id }) => id === found.id))) return found;
    throw unknown(text, values);
  }
}

const valueColumn = (of: ValueSource, path: string): NamedColumn => ({
  name: `${of}.${path}`,
  id: valueColumnId(of, path),
  value: { of, path },
});

function unknown(text: string, values: readonly RunColumn[]): AppError {
  const names = values.map(({ of, name }) => `${of}.${name}`);
  // Who wrote `lr` means `config.lr`.
  const same = values.filter(({ name }) => name === text).map(({ of, name }) => `${of}.${name}`);
  const near = [...new Set([...same, ...nearNames(text, [...OWN_COLUMNS, ...names])])];
  return new AppError('E_ARGS', `No list of these runs has a column "${text}".`, {
    next:
      near.length > 0
        ? `Did you mean: ${near.join(', ')}`
        : `There are ${OWN_COLUMNS.join(', ')}, and values as config.NAME and summary.NAME.`,
  });
}
