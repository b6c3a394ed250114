import { LOG_LINE_LIMIT } from '../../shared/contract/log-stream.ts';

const LF = 0x0a;
const CR = 0x0d;
/** A UTF-8 character is at most this long, so only the last bytes before the limit can cross it. */
const LONGEST_CHARACTER = 4;

/** The line being written: its stream and its bytes so far. A length of 0 says that none is begun. */
export interface OpenLine {
  stream: number;
  length: number;
}

/**
 * Index in `bytes` at which the next line starts, when the current one has `length` bytes before
 * `from`; -1 when it goes on past the end of `bytes`. A line ends behind its `\n`, or before the
 * character that would take it over LOG_LINE_LIMIT. A byte's own value and what came before it
 * decide, never what comes later: so a line that is counted once stays as it is.
 */
function lineBreak(bytes: Buffer, from: number, length: number): number {
  const newline = bytes.indexOf(LF, from);
  const limit = from + LOG_LINE_LIMIT - length;
  const safe = limit - LONGEST_CHARACTER;
  if (newline !== -1 && newline <= safe + 1) return newline + 1;
  return bytes.length > safe ? cutNear(bytes, Math.max(from, safe + 1), limit) : -1;
}

function cutNear(bytes: Buffer, from: number, limit: number): number {
  for (let index = from; index <= limit && index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte === LF) return index + 1;
    if (index + characterLength(byte) > limit) return index;
  }
  return -1;
}

/** Bytes that the character claims which starts with `byte`; 1 for what starts none. */
function characterLength(byte: number): number {
  if (byte < 0xc0) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

/**
 * Takes the next bytes of a log into `open` and returns how many lines begin in them. `onCut` is told
 * of every place at which a line is cut, and where in `bytes` that line started.
 */
export function countLines(
  open: OpenLine,
  stream: number,
  bytes: Buffer,
  onCut?: (from: number, to: number) => void,
): number {
  if (open.stream !== stream) open.length = 0;
  open.stream = stream;
  let begun = 0;
  for (let position = 0; position < bytes.length;) {
    if (open.length === 0) begun++;
    const next = lineBreak(bytes, position, open.length);
    if (next === -1) {
      open.length += bytes.length - position;
      break;
    }
    if (onCut && bytes[next - 1] !== LF) onCut(position, next);
    open.length = 0;
    position = next;
  }
  return begun;
}

/** A line in a window of bytes: from `start` to `end`, its `\n` included. */
interface LineSpan {
  start: number;
  end: number;
  continues: boolean;
}

/**
 * The lines of a run of bytes of one stream that starts where a line starts. `whole`: nothing of
 * the stream follows directly, so that the last line ends with the run; else it is left out.
 */
export function* splitRun(run: Buffer, whole: boolean): Generator<LineSpan> {
  for (let start = 0; start < run.length;) {
    const next = lineBreak(run, start, 0);
    if (next === -1 && !whole) return;
    const end = next === -1 ? run.length : next;
    yield { start, end, continues: next !== -1 && run[end - 1] !== LF };
    start = end;
  }
}

/** The text of a line: without `\n` or `\r\n` (but with `ends`); bytes that are no UTF-8 become U+FFFD. */
export function lineText(bytes: Buffer, start: number, end: number, ends = false): string {
  let stop = end;
  if (ends) return bytes.toString('utf8', start, stop);
  if (stop > start && bytes[stop - 1] === LF) {
    stop--;
    if (stop > start && bytes[stop - 1] === CR) stop--;
  }
  return bytes.toString('utf8', start, stop);
}
