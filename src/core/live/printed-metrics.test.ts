import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePattern } from './parse-pattern.ts';
import { PrintedMetrics } from './printed-metrics.ts';

/** What a log gives, in pieces of these sizes. */
function printed(patterns: string[], text: string, sizes: number[] = [], stream = 1) {
  const points: [string, number, number][] = [];
  const metrics = new PrintedMetrics(patterns.map(parsePattern), {
    add: (name, step, _at, value) => points.push([name, step, value]),
    restart: () => undefined,
  });
  const bytes = Buffer.from(text);
  let offset = 0;
  for (const size of [...sizes, bytes.length]) {
    const piece = bytes.subarray(offset, offset + size);
    metrics.take({ offset, stream, at: 1, bytes: piece });
    offset += piece.length;
  }
  metrics.finish(1);
  return points;
}

describe('PrintedMetrics', () => {
  it('numbers the lines that tell no step', () => {
    expect(printed(['loss {loss}'], 'loss 3\nother\nloss 2\r\nloss 2')).toEqual([
      ['loss', 0, 3],
      ['loss', 1, 2],
      ['loss', 2, 2],
    ]);
  });

  it('takes each state of a progress bar once, without its colours', () => {
    const bar = '\r\u001B[32m1/9 loss 3\u001B[0m\r1/9 loss 3\r2/9 loss 3\n';
    expect(printed(['{step}/9 loss {loss}'], bar)).toEqual([
      ['loss', 1, 3],
      ['loss', 2, 3],
    ]);
  });

  it('reads the same however the log is cut', () => {
    const text = 'loss 1.25 ü\r\nloss 2.5\rloss 3e2 \u001B[1mx\nend loss 4';
    const whole = printed(['loss {loss}'], text);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }), (sizes) => {
        expect(printed(['loss {loss}'], text, sizes)).toEqual(whole);
      }),
    );
  });

  it('reads no further than people would', () => {
    const text = `loss 1 ${'x'.repeat(100_000)} acc 5\nacc 6\n`;
    expect(printed(['acc {acc}'], text, [10, 5000])).toEqual([['acc', 0, 6]]);
  });

  it('takes several patterns', () => {
    expect(printed(['key=value', 'json'], 'step=7 a=1\n{"b": 2}\n')).toEqual([
      ['a', 7, 1],
      ['b', 0, 2],
    ]);
  });
});
