import { describe, expect, it } from 'vitest';
import { formatDuration, plural } from './format.ts';

describe('formatDuration', () => {
  it.each([
    [-5, '0.0 s'],
    [420, '0.4 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [59_499, '59 s'],
    [59_600, '1 min 00 s'],
    [184_000, '3 min 04 s'],
    [7_500_000, '2 h 05 min'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

it('counts', () => {
  expect(plural(1, 'file')).toBe('1 file');
  expect(plural(12_000, 'file')).toBe('12,000 files');
  expect(plural(2, 'entry', 'entries')).toBe('2 entries');
});
