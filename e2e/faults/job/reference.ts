/** What a run of `lines.py` or `lines.sh` was asked to print. */
export interface LinesSpec {
  seed: number;
  lines: number;
  /** Bytes of a line with its end, at least 19. */
  width: number;
  /** Lines a second; 0 for as fast as it goes. */
  rate: number;
  exitCode: number;
}

export type LogStream = 1 | 2;

/** Lines in one piece of the reference. */
const BLOCK = 4096;
/** Knuth's multiplicative hash: cheap in Python and in a shell, and other for every line and seed. */
const FACTOR = 2_654_435_761;

/** The words behind the program's name. */
export const wordsOf = ({ seed, lines, width, rate, exitCode }: LinesSpec): string[] =>
  [seed, lines, width, rate, exitCode].map(String);

const streamOf = (n: number): LogStream => (n % 3 === 2 ? 2 : 1);

/** Line `n`, whichever stream it is on. */
export function lineOf({ seed, width }: LinesSpec, n: number): string {
  const checksum = ((Math.imul(n, FACTOR) + seed) >>> 0).toString(16).padStart(8, '0');
  const letter = streamOf(n) === 2 ? 'e' : 'o';
  return `${letter}${String(n).padStart(8, '0')} ${checksum}${'.'.repeat(width - 19)}\n`;
}

/** The exact bytes that the program prints on one stream, in pieces. */
export function* referenceOf(spec: LinesSpec, stream: LogStream): Generator<Buffer> {
  for (let first = 0; first < spec.lines; first += BLOCK) {
    let text = '';
    const end = Math.min(first + BLOCK, spec.lines);
    for (let n = first; n < end; n += 1) if (streamOf(n) === stream) text += lineOf(spec, n);
    if (text !== '') yield Buffer.from(text, 'latin1');
  }
}

/** Bytes of one stream as a whole. */
export function bytesOf({ lines, width }: LinesSpec, stream: LogStream): number {
  const errors = Math.floor(lines / 3);
  return width * (stream === 2 ? errors : lines - errors);
}
