import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geometry, LINE } from './log-geometry.ts';

const VIEW = 600;

/** Where a line is drawn, px from the top of the view, when all lines have one height. */
const topOf = (line: number, g: ReturnType<typeof geometry>): number =>
  g.at + (line - g.anchor - g.into) * LINE;

describe('geometry', () => {
  it('is plain scrolling while the log fits one element', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 31, max: 1_500_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, share) => {
          const scrollTop = share * (lines * LINE - VIEW);
          const g = geometry(lines, VIEW, scrollTop);
          expect(g.scale).toBe(1);
          expect(topOf(g.first, g)).toBeCloseTo(g.first * LINE - scrollTop, 3);
        },
      ),
    );
  });

  it('always covers the view, and meets both ends exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, share) => {
          const range = Math.max(0, geometry(lines, VIEW, 0).height - VIEW);
          const g = geometry(lines, VIEW, share * range);
          expect(topOf(g.first, g) <= 0 || g.first === 0).toBe(true);
          expect(topOf(g.end, g) >= VIEW || g.end === lines).toBe(true);
          expect(g.end - g.first).toBeLessThan(60);
          expect(topOf(0, geometry(lines, VIEW, 0))).toBe(0);
          if (range > 0) expect(topOf(lines, geometry(lines, VIEW, range))).toBeCloseTo(VIEW, 3);
        },
      ),
    );
  });

  it('stays below the tallest element and says how much faster it scrolls', () => {
    const g = geometry(15_000_000, VIEW, 0);
    expect(g.height).toBe(30_000_000);
    expect(g.scale).toBeCloseTo(10, 1);
  });

  it('draws nothing of an empty log', () => {
    const g = geometry(0, VIEW, 0);
    expect([g.first, g.end, g.height]).toEqual([0, 0, 0]);
  });
});
