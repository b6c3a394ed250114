import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FIRST_STATE,
  fitBounds,
  formatState,
  parseState,
  type WindowState,
} from './window-state.ts';

const AREA = { x: 0, y: 25, width: 1920, height: 1055 };

describe('parseState', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '{"x": 1,'],
    ['a list', '[1, 2]'],
    ['null', 'null'],
    ['other things', '{"x":"a","width":null,"zoomPercent":"big","maximized":1}'],
    ['a part of the bounds', '{"x":1,"y":2,"width":300}'],
    ['no size', '{"x":1,"y":2,"width":0,"height":-5}'],
  ])('opens as the first time with %s', (_what, text) => {
    expect(parseState(text)).toEqual(FIRST_STATE);
  });

  it('reads what earlier versions wrote: the bounds alone', () => {
    const bounds = { x: 10, y: 20, width: 1000, height: 700 };
    expect(parseState(JSON.stringify(bounds))).toEqual({ ...FIRST_STATE, bounds });
  });

  it('takes a zoom from anywhere for the nearest step', () => {
    expect(parseState('{"zoomPercent":123}').zoomPercent).toBe(125);
    expect(parseState('{"zoomPercent":1e9}').zoomPercent).toBe(300);
    expect(parseState('{"zoomPercent":-4}').zoomPercent).toBe(50);
  });

  it('reads back what was written', () => {
    const bounds = fc.record({
      ...{ x: fc.integer({ min: -9999, max: 9999 }), y: fc.integer({ min: -9999, max: 9999 }) },
      ...{ width: fc.integer({ min: 1, max: 9999 }), height: fc.integer({ min: 1, max: 9999 }) },
    });
    const state: fc.Arbitrary<WindowState> = fc.record({
      bounds: fc.option(bounds),
      ...{ maximized: fc.boolean(), fullScreen: fc.boolean(), trayTold: fc.boolean() },
      zoomPercent: fc.constantFrom(50, 100, 175, 300),
    });
    fc.assert(
      fc.property(state, (one) => {
        expect(parseState(formatState(one))).toEqual(one);
      }),
    );
  });

  it('opens with whatever is in the file', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { bounds, zoomPercent } = parseState(text);
        expect(zoomPercent).toBeGreaterThanOrEqual(50);
        expect(bounds === null || bounds.width > 0).toBe(true);
      }),
    );
  });
});

describe('fitBounds', () => {
  const size = { width: 1200, height: 780 };

  it.each([
    ['on the screen', { x: 100, y: 100, ...size }, { x: 100, y: 100, ...size }],
    ['on a display that is gone', { x: 2500, y: 100, ...size }, null],
    ['above the screen', { x: 100, y: -300, ...size }, null],
    ['below it', { x: 100, y: 1070, ...size }, null],
    ['nearly out at the left', { x: -1190, y: 100, ...size }, null],
    ['partly out at the left', { x: -900, y: 100, ...size }, { x: -900, y: 100, ...size }],
    [
      'larger than the screen',
      { x: 0, y: 25, width: 5000, height: 4000 },
      { x: 0, y: 25, width: 1920, height: 1055 },
    ],
  ])('%s', (_where, bounds, fitted) => {
    expect(fitBounds(bounds, AREA)).toEqual(fitted);
  });
});
