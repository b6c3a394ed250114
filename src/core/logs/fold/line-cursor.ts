import { Row } from './row.ts';
import type { Control } from './sequences.ts';
import { withStyle } from './style.ts';

/** No line of a log is that wide: `CSI 99999999 C` must not make one. */
const WIDEST = 16_384;

/** How far a sequence moves: its number, 1 when it has none or 0. */
export const amount = (parameters: string): number =>
  Math.max(1, Math.min(WIDEST, Number.parseInt(parameters, 10) || 1));

/** Writes in a row and moves in it, as a terminal does. */
export class LineCursor {
  row: Row = new Row();
  column = 0;
  style = '';

  write(text: string): void {
    this.column = this.row.write(this.column, text, this.style);
  }

  /** Does what a control says about this row alone; returns whether it changed the row. */
  obey({ letter, parameters, source }: Control): boolean {
    if (letter === '\r' || letter === 'E') this.column = 0;
    else if (letter === '\b') this.column = Math.max(0, this.column - 1);
    else if (letter === 'C') this.column = Math.min(WIDEST, this.column + amount(parameters));
    else if (letter === 'D') this.column = Math.max(0, this.column - amount(parameters));
    else if (letter === 'G') this.column = amount(parameters) - 1;
    else if (letter === 'm') this.style = withStyle(this.style, parameters, source);
    else if (letter === 'K') return this.#erase(parameters);
    else if (letter === 'J' && /^0?$/.test(parameters)) return this.#erase('');
    return false;
  }

  #erase(parameters: string): boolean {
    if (!/^[012]?$/.test(parameters)) return false;
    const before = parameters === '1' || parameters === '2';
    const behind = parameters !== '1';
    this.row.erase(before ? 0 : this.column, behind ? Infinity : this.column + 1);
    return true;
  }
}
