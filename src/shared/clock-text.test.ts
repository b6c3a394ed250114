import { describe, expect, it } from 'vitest';
import { clockText } from './clock-text.ts';

const at = (...time: [number, number, number?]): number =>
  new Date(2026, 10, time[2] ?? 22, time[0], time[1]).getTime();

describe('a time', () => {
  it.each([
    [at(0, 0), '00:00'],
    [at(23, 59), '23:59'],
    [at(23, 59, 21), '2026-11-21 23:59'],
  ])('%d is read as %s', (time, text) => {
    expect(clockText(time, at(12, 0))).toBe(text);
  });
});
