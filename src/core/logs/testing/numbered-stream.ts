const WIDTH = 32;

/**
 * Bytes [from, to) of an endless stream of numbered lines of one width: whoever reads it knows for
 * each byte what it must be.
 */
export function numberedStream(name: string, from: number, to: number): Buffer {
  const first = Math.floor(from / WIDTH);
  const lines: string[] = [];
  for (let line = first; line * WIDTH < to; line++) {
    lines.push(`${name} ${line} `.padEnd(WIDTH - 1, '.'), '\n');
  }
  const start = from - first * WIDTH;
  return Buffer.from(lines.join('')).subarray(start, start + to - from);
}
