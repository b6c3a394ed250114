import { expect, it } from 'vitest';
import { nearestZoom, zoomAfter, type ZoomStep } from './zoom-levels.ts';

it.each<[number, ZoomStep, number]>([
  [100, 'in', 110],
  [100, 'out', 90],
  [110, 'reset', 100],
  [300, 'in', 300],
  [50, 'out', 50],
  [101, 'in', 110],
  [101, 'out', 100],
])('%d %% and one step %s is %d %%', (percent, step, next) => {
  expect(zoomAfter(percent, step)).toBe(next);
});

it.each([
  [NaN, 100],
  [Infinity, 100],
  [104, 100],
  [-1, 50],
])('%d is near %d', (percent, level) => {
  expect(nearestZoom(percent)).toBe(level);
});
