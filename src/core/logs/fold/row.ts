/** Characters that take one column and one code unit each: nearly everything that logs hold. */
const NARROW = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2190-\u2319\u2500-\u25fc\u2800-\u28ff]*$/;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
// East Asian Wide and Fullwidth (UAX #11), as terminals take them.
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;
const TAB_STOP = 8;
const RESET = '\x1b[0m';

/** Columns with a character each; '' is the rest of a wide one before it. */
interface Cells {
  chars: string[];
  styles: string[];
}

/** One row of a terminal of any width: what stands in its columns, and in which style. */
export class Row {
  /** While all is narrow and without style: a column is a code unit. */
  #plain = '';
  #cells: Cells | null = null;

  get width(): number {
    return this.#cells ? this.#cells.chars.length : this.#plain.length;
  }

  copy(): Row {
    const row = new Row();
    row.#plain = this.#plain;
    row.#cells = this.#cells && {
      chars: [...this.#cells.chars],
      styles: [...this.#cells.styles],
    };
    return row;
  }

  /** Writes over what is there from column `at` on. Returns the column behind it. */
  write(at: number, text: string, style: string): number {
    if (!this.#cells && style === '' && NARROW.test(text)) return this.#writePlain(at, text);
    let column = at;
    for (const char of text) column = this.#writeChar(column, char, style);
    return column;
  }

  /** Empties the columns [from, to). What was the end of the row is cut off. */
  erase(from: number, to: number): void {
    if (from >= this.width) return;
    const cells = this.#toCells();
    this.#splitAt(from);
    if (to >= this.width) return this.#cut(from);
    this.#splitAt(to);
    cells.chars.fill(' ', from, to);
    cells.styles.fill('', from, to);
  }

  /** With the escape sequences of its styles, without the empty columns at its end. */
  text(): string {
    if (!this.#cells) return this.#plain.trimEnd();
    const { chars, styles } = this.#cells;
    let text = '';
    let style = '';
    for (let column = 0; column < lastShown(this.#cells); column++) {
      const next = styles[column] ?? '';
      if (next !== style) text += (style === '' ? '' : RESET) + next;
      style = next;
      text += chars[column] ?? '';
    }
    return style === '' ? text : text + RESET;
  }

  #writePlain(at: number, text: string): number {
    const before = this.#plain.slice(0, at).padEnd(at);
    this.#plain = before + text + this.#plain.slice(at + text.length);
    return at + text.length;
  }

  #writeChar(column: number, char: string, style: string): number {
    const cells = this.#toCells();
    if (char === '\t') return this.#tab(column, style);
    if (NO_WIDTH.test(char)) {
      const base = cells.chars[column - 1] === '' ? column - 2 : column - 1;
      if (cells.chars[base] !== undefined) cells.chars[base] += char;
      return column;
    }
    return this.#put(column, char, WIDE.test(char) ? 2 : 1, style);
  }

  /** A tab moves over what is there; in empty columns it is kept as it is. */
  #tab(column: number, style: string): number {
    const next = column - (column % TAB_STOP) + TAB_STOP;
    return this.width > column ? next : this.#put(column, '\t', next - column, style);
  }

  #put(column: number, char: string, width: number, style: string): number {
    const { chars, styles } = this.#toCells();
    while (chars.length < column) this.#push(' ', '');
    this.#splitAt(column);
    this.#splitAt(column + width);
    for (let n = 0; n < width; n++) {
      chars[column + n] = n === 0 ? char : '';
      styles[column + n] = style;
    }
    return column + width;
  }

  /** A wide character that reaches over the edge before `column` is gone when half of it is. */
  #splitAt(column: number): void {
    const { chars } = this.#toCells();
    if (chars[column] !== '') return;
    let start = column;
    while (chars[start] === '') start--;
    let end = column;
    while (chars[end] === '') end++;
    chars.fill(' ', start, end);
  }

  #cut(from: number): void {
    const { chars, styles } = this.#toCells();
    chars.length = from;
    styles.length = from;
  }

  #push(char: string, style: string): void {
    this.#cells?.chars.push(char);
    this.#cells?.styles.push(style);
  }

  #toCells(): Cells {
    this.#cells ??= {
      chars: this.#plain.split(''),
      styles: Array.from({ length: this.#plain.length }, () => ''),
    };
    return this.#cells;
  }
}

function lastShown({ chars, styles }: Cells): number {
  let end = chars.length;
  while (end > 0 && chars[end - 1] === ' ' && styles[end - 1] === '') end--;
  return end;
}
