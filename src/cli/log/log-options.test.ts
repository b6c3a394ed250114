import { describe, expect, it } from 'vitest';
import {
  checkTogether,
  countOption,
  streamOption,
  timeOption,
  type LogOptions,
} from './log-options.ts';

const NOW = new Date(2026, 10, 21, 15, 0, 0).getTime();

describe('the options of run logs', () => {
  it.each([
    ['30s', NOW - 30_000],
    ['5m', NOW - 300_000],
    ['1.5h', NOW - 5_400_000],
    ['2d', NOW - 172_800_000],
    ['14:30', new Date(2026, 10, 21, 14, 30).getTime()],
    ['9:05:07', new Date(2026, 10, 21, 9, 5, 7).getTime()],
    ['2026-11-20', new Date(2026, 10, 20).getTime()],
    ['2026-11-20 08:00', new Date(2026, 10, 20, 8).getTime()],
    ['2026-11-20T08:00:00Z', Date.UTC(2026, 10, 20, 8)],
  ])('takes %s as a time', (text, time) => {
    expect(timeOption(text, NOW)).toBe(time);
  });

  it.each(['', 'soon', '5', '5x', '-5m', '2026-13-01'])('refuses %j as a time', (text) => {
    expect(() => timeOption(text, NOW)).toThrow('It is a time');
  });

  it('takes streams and counts', () => {
    expect([streamOption('out'), streamOption('err')]).toEqual([1, 2]);
    expect(() => streamOption('both')).toThrow('out or err');
    expect([countOption('0'), countOption('12')]).toEqual([0, 12]);
    for (const text of ['', '-1', '1.5', 'x']) expect(() => countOption(text)).toThrow('whole');
  });

  it.each([
    [{ fixedStrings: true }, '--fixed-strings is for --grep'],
    [{ ignoreCase: true }, '--ignore-case is for --grep'],
    [{ context: 0, tail: 1 }, '--context is for --grep'],
    [{ save: 'log', grep: 'a' }, '--save and --grep'],
    [{ save: 'log', since: 1 }, '--save and --since'],
    [{ follow: true, until: 1 }, '--follow and --until'],
    [{ follow: true, build: true }, '--follow and --build'],
  ] satisfies [LogOptions, string][])(
    'refuses %j, of which a part would mean nothing',
    (options, words) => {
      expect(() => checkTogether(options)).toThrow(words);
    },
  );

  it.each([
    {},
    { grep: 'a', context: 2, ignoreCase: true, fixedStrings: true, follow: true, raw: true },
    { follow: true, since: 1, tail: 3, stream: 1, timestamps: true },
    { save: 'log', build: true },
  ] satisfies LogOptions[])('takes %j', (options) => {
    expect(() => checkTogether(options)).not.toThrow();
  });
});
