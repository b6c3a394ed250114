import type { RunCondition } from '../../shared/domain/run-list.ts';
import { fold, textOf, wordKey, type Cell } from './words.ts';

/** Whether a cell is taken. Pure: asked once for each distinct word of a column. */
export type CellTest = (cell: Cell) => boolean;

type Order = (difference: number) => boolean;

const ORDERS: Partial<Record<RunCondition['is'], Order>> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

/**
 * What a condition asks of a cell. Of a list, any of its items may do. What is not set is none of
 * `=`, `<`, ... and all of `!=`; a number is neither smaller nor larger than a word.
 */
export function cellTest({ column, is, value = '' }: RunCondition): CellTest {
  if (is === 'is set') return (cell) => cell !== null;
  if (is === 'is not set') return (cell) => cell === null;
  const text = String(value);
  const number = numberIn(column, value);
  if (is === 'contains') return ofAny((cell) => fold(textOf(cell)).includes(fold(text)));
  if (is === '=') return ofAny(equals(text, number));
  if (is === '!=') {
    const same = ofAny(equals(text, number));
    return (cell) => !same(cell);
  }
  return ofAny(compares(ORDERS[is]!, text, number));
}

function ofAny(test: CellTest): CellTest {
  return (cell) => {
    if (cell === null) return false;
    return test(cell) || (Array.isArray(cell) && cell.some((item) => item !== null && test(item)));
  };
}

const equals = (text: string, number: number | null): CellTest => {
  const folded = fold(text);
  return (cell) => (typeof cell === 'number' ? cell === number : fold(textOf(cell)) === folded);
};

function compares(order: Order, text: string, number: number | null): CellTest {
  if (number !== null) return (cell) => typeof cell === 'number' && order(cell - number);
  const key = wordKey(text);
  return (cell) => {
    if (typeof cell === 'number') return false;
    const own = wordKey(textOf(cell));
    return order(own < key ? -1 : Number(own > key));
  };
}

/** The number that a value is or reads as; of the column of dates, a date in the machine's time zone. */
function numberIn(column: string, value: string | number | boolean): number | null {
  if (typeof value === 'number') return value;
  const text = String(value).trim();
  if (text !== '' && Number.isFinite(Number(text))) return Number(text);
  if (column !== 'created') return null;
  // A date alone would be taken as of UTC.
  const at = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
  return Number.isNaN(at) ? null : at;
}
