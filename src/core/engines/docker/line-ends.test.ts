import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineEnds } from './line-ends.ts';

const FULL = 16 * 1024;

/** The entries that the `local` driver hands out for an output. */
function entriesOf(output: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let from = 0; from < output.length;) {
    const feed = output.indexOf(0x0a, from);
    const end = feed < 0 ? output.length : feed + 1;
    const line = output.subarray(from, end);
    from = end;
    if (feed >= 0 && line.length <= FULL) entries.push(line);
    else entries.push(...parts(line, feed >= 0));
  }
  return entries;
}

function parts(line: Buffer, ended: boolean): Buffer[] {
  const text = ended ? line.subarray(0, -1) : line;
  const entries: Buffer[] = [];
  let from = 0;
  for (; text.length - from >= FULL; from += FULL) entries.push(text.subarray(from, from + FULL));
  if (ended || from < text.length) entries.push(text.subarray(from));
  return entries;
}

/** The output as put together again, each entry cut into pieces of `size`. */
function mended(output: Buffer, size: number): { bytes: Buffer; missing: boolean } {
  const ends = new LineEnds();
  const bytes: Buffer[] = [];
  for (const entry of entriesOf(output)) {
    for (let from = 0; from === 0 || from < entry.length; from += size) {
      const piece = entry.subarray(from, from + size);
      if (ends.missingBefore(piece, from === 0)) bytes.push(Buffer.from('\n'));
      bytes.push(piece);
    }
  }
  return { bytes: Buffer.concat(bytes), missing: ends.missing };
}

const line = fc.oneof(
  fc.constantFrom(0, 1, FULL - 1, FULL, FULL + 1, 2 * FULL - 1, 2 * FULL, 2 * FULL + 1),
  fc.integer({ min: 0, max: 40_000 }),
);

describe('LineEnds', () => {
  it('finds every line end but the last, however the entries are cut', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 6 }),
        fc.constantFrom(1000, 7, 99_999),
        (all, size) => {
          const output = Buffer.from(all.map((length) => `${'x'.repeat(length)}\n`).join(''));
          const { bytes, missing } = mended(output, size);
          const whole = missing ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes;
          expect(whole.equals(output)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds nothing missing where nothing came, or a line goes on', () => {
    expect(new LineEnds().missing).toBe(false);
    expect(mended(Buffer.from('short\n'), 10).missing).toBe(false);
    expect(mended(Buffer.from('short, and open'), 10).missing).toBe(false);
    expect(mended(Buffer.alloc(FULL, 'x'), 1000).missing).toBe(false);
  });
});
