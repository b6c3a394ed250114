import { describe, expect, it } from 'vitest';
import { clockTime, elapsedTime, exactTime, lineTime, readTime } from './log-times.ts';

const at = (text: string): number => new Date(text).getTime();
const START = at('2026-06-11T23:50:30');

describe('times of lines', () => {
  it('are of the clock, since the start, or none', () => {
    const line = START + 3_723_456;
    expect(clockTime(line)).toBe('00:52:33');
    expect(elapsedTime(line, START)).toBe('1:02:03.4');
    expect(elapsedTime(START + 12_300, START)).toBe('0:12.3');
    expect(elapsedTime(START - 5, START)).toBe('0:00.0');
    expect(exactTime(line)).toBe('2026-06-12 00:52:33.456');
    expect(lineTime(line, 'off', START)).toBe('');
  });
});

describe('readTime', () => {
  it.each([
    ['23:55', '2026-06-11T23:55:00'],
    ['23:50', '2026-06-11T23:50:00'],
    ['00:10:05', '2026-06-12T00:10:05'],
    ['0:10', '2026-06-12T00:10:00'],
    ['2026-06-13 08:00', '2026-06-13T08:00:00'],
    ['2026-06-13t08:00:01', '2026-06-13T08:00:01'],
    ['+5m', '2026-06-11T23:55:30'],
    [' 1h 30m ', '2026-06-12T01:20:30'],
    ['90s', '2026-06-11T23:52:00'],
    ['+90', '2026-06-11T23:52:00'],
  ])('%s', (text, time) => {
    expect(readTime(text, START)).toBe(at(time));
  });

  it.each(['', '+', 'm', 'soon', '25:00', '10:61', '5x', '-5m', '1:2'])('%j is no time', (text) => {
    expect(readTime(text, START)).toBeNull();
  });
});
