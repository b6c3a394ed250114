import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight, matcherOf } from './highlight.ts';
import { nextMatch, patternProblem, placeOf } from './log-search.ts';
import { linesAround } from './row-order.ts';
import { spansOf } from './spans-of.ts';

const sorted = fc
  .uniqueArray(fc.nat(500), { maxLength: 60 })
  .map((lines) => lines.toSorted((a, b) => a - b));

describe('matches', () => {
  it('are found by their line', () => {
    fc.assert(
      fc.property(sorted, fc.nat(500), (lines, line) => {
        const place = placeOf(lines, line);
        expect(lines.slice(0, place).every((before) => before < line)).toBe(true);
        expect(lines.slice(place).every((after) => after >= line)).toBe(true);
      }),
    );
  });

  it('follow each other around the ends', () => {
    expect(nextMatch([], 3, 1)).toBeNull();
    expect([nextMatch([2, 5, 9], 5, 1), nextMatch([2, 5, 9], 5, -1)]).toEqual([9, 2]);
    expect([nextMatch([2, 5, 9], 9, 1), nextMatch([2, 5, 9], 2, -1)]).toEqual([2, 9]);
    expect([nextMatch([2, 5, 9], -1, 1), nextMatch([2, 5, 9], 4, -1)]).toEqual([2, 2]);
  });

  it('are looked for as text or as an expression', () => {
    const query = { pattern: 'a+(', regex: false, matchCase: false };
    expect(patternProblem(query)).toBeNull();
    expect('xA+(y'.match(matcherOf(query)!)).toEqual(['A+(']);
    expect(patternProblem({ ...query, regex: true })).toMatch(/group/i);
    expect(matcherOf({ ...query, pattern: '' })).toBeNull();
  });
});

describe('highlight', () => {
  it('keeps text and styles, whatever matches', () => {
    const spans = fc.array(
      fc.record({ text: fc.string({ minLength: 1 }), style: fc.constant({}) }),
    );
    const pattern = fc.constantFrom('a', '.', '', ' ', '(a|b)+', '^', '$', '.*', '\\b');
    fc.assert(
      fc.property(spans, pattern, (given, expression) => {
        const pieces = highlight(given, new RegExp(expression, 'g'));
        const text = given.map((span) => span.text).join('');
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        const marked = pieces.filter(({ match }) => match).map((piece) => piece.text);
        const found = expression ? (text.match(new RegExp(expression, 'g')) ?? []) : [];
        expect(marked.join('')).toBe(found.join(''));
      }),
    );
  });
});

describe('only what matches', () => {
  it('is every match and so many lines around it, each once and in order', () => {
    const count = 501;
    fc.assert(
      fc.property(sorted, fc.nat(5), (found, context) => {
        const order = linesAround(found, context, count);
        const shown = Array.from({ length: order.count }, (_, row) => order.line(row));
        const near = Array.from({ length: count }, (_, line) => line).filter((line) =>
          found.some((match) => Math.abs(match - line) <= context),
        );
        expect(shown).toEqual(near);
        for (const [row, line] of shown.entries()) expect(order.row(line)).toBe(row);
      }),
    );
  });

  it('is read as stretches that hold every row', () => {
    fc.assert(
      fc.property(sorted, (found) => {
        const order = linesAround(found, 1, 501);
        const spans = spansOf(order, 0, order.count, 3);
        for (let row = 0; row < order.count; row += 1) {
          const line = order.line(row);
          expect(spans.some(({ first, count }) => line >= first && line < first + count)).toBe(
            true,
          );
        }
      }),
    );
  });
});
