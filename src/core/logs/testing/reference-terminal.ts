import type { Part } from './reference-log.ts';

const HEIGHT = 100;
const TOKENS = /\x1b\[([0-9;?]*)([A-Za-z])|\x1b(?:\[[0-9;?]*)?|[\s\S]/gu;

const widthOf = (char: string): number => {
  if (/\p{Mn}/u.test(char)) return 0;
  return /[\u4e00-\u9fff\u{1f600}]/u.test(char) ? 2 : 1;
};

/** A terminal in the plainest way: a list of lists of columns. */
class ReferenceTerminal {
  rows: string[][] = [];
  y = 0;
  x = 0;
  climbed = false;

  /** The row that is written in. */
  row(): string[] {
    return (this.rows[this.y] ??= []);
  }

  char(char: string): void {
    const row = this.row();
    const width = widthOf(char);
    if (width === 0) {
      const base = row[this.x - 1] === '' ? this.x - 2 : this.x - 1;
      if (row[base] !== undefined) row[base] += char;
      return;
    }
    while (row.length < this.x) row.push(' ');
    for (let n = 0; n < width; n++) this.clear(this.x + n);
    row[this.x] = char;
    if (width === 2) row[this.x + 1] = '';
    this.x += width;
  }

  /** Empties a column, with the other half of a wide character. */
  clear(x: number): void {
    const row = this.row();
    if (row[x] === '') row[x - 1] = ' ';
    if (row[x + 1] === '') row[x + 1] = ' ';
    row[x] = ' ';
  }

  tab(): void {
    const next = this.x - (this.x % 8) + 8;
    const row = this.row();
    while (row.length < next) row.push(' ');
    this.x = next;
  }

  newline(): void {
    this.row();
    this.y++;
    this.x = 0;
  }

  control(parameters: string, letter: string): void {
    const n = Math.max(1, Number.parseInt(parameters, 10) || 1);
    const bottom = Math.max(this.y, this.rows.length - 1);
    if (letter === 'A' || letter === 'F') {
      const next = Math.max(0, bottom - HEIGHT + 1, this.y - n);
      if (next < this.y) this.climbed = true;
      this.y = Math.min(this.y, next);
    }
    if (letter === 'B' || letter === 'E') this.y = Math.min(bottom, this.y + n);
    if (letter === 'E' || letter === 'F') this.x = 0;
    if (letter === 'C') this.x += n;
    if (letter === 'D') this.x = Math.max(0, this.x - n);
    if (letter === 'G') this.x = n - 1;
    if (letter === 'K') this.erase(parameters);
    if (letter === 'J' && /^0?$/.test(parameters)) {
      this.erase('0');
      for (const row of this.rows.slice(this.y + 1)) row.length = 0;
    }
  }

  erase(parameters: string): void {
    const row = this.rows[this.y] ?? [];
    const from = parameters === '1' || parameters === '2' ? 0 : this.x;
    const to = parameters === '1' ? this.x + 1 : row.length;
    if (!/^[012]?$/.test(parameters)) return;
    for (let x = from; x < Math.min(to, row.length); x++) this.clear(x);
  }
}

/**
 * What a terminal shows in the end of a log without overlong lines: its rows, without styles and
 * without the empty columns at their end, tabs as spaces.
 */
export function referenceRows(parts: readonly Part[]): string[] {
  const terminal = new ReferenceTerminal();
  let stream = -1;
  for (const run of runsOf(parts)) {
    if (stream !== -1 && terminal.x > 0) [terminal.y, terminal.x] = [terminal.rows.length, 0];
    stream = run.stream;
    terminal.climbed = false;
    for (const [token, parameters, letter] of run.text.matchAll(TOKENS)) {
      if (letter !== undefined) terminal.control(parameters ?? '', letter);
      else if (token === '\n') terminal.newline();
      else if (token === '\r') terminal.x = 0;
      else if (token === '\b') terminal.x = Math.max(0, terminal.x - 1);
      else if (token === '\t') terminal.tab();
      else if (!token.startsWith('\x1b')) terminal.char(token);
      if (token === '\n') terminal.climbed = false;
    }
    // A line of a log is a row, whatever is in it.
    if (!run.text.endsWith('\n') && !terminal.climbed) terminal.row();
  }
  return terminal.rows.map((row) => row.join('').trimEnd());
}

/** Neighbouring parts of one stream as one. */
function runsOf(parts: readonly Part[]): { stream: number; text: string }[] {
  const runs: { stream: number; bytes: Buffer[] }[] = [];
  for (const { stream, bytes } of parts) {
    if (bytes.length === 0) continue;
    const last = runs.at(-1);
    if (last?.stream === stream) last.bytes.push(bytes);
    else runs.push({ stream, bytes: [bytes] });
  }
  return runs.map(({ stream, bytes }) => ({ stream, text: Buffer.concat(bytes).toString() }));
}

/** A line of a view as plain text, tabs as spaces. */
export function plainRow(text: string): string {
  let shown = '';
  let column = 0;
  // oxlint-disable-next-line no-control-regex -- what is looked for
  for (const char of text.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]/g, '')) {
    const width = char === '\t' ? 8 - (column % 8) : widthOf(char);
    shown += char === '\t' ? ' '.repeat(width) : char;
    column += width;
  }
  return shown.trimEnd();
}
