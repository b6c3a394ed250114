import { describe, expect, it } from 'vitest';
import { parseBytes, parseCount, parsePair, parseSeconds } from './units.ts';

describe('an amount of memory', () => {
  it('is as docker has it', () => {
    expect(parseBytes('1.5g')).toBe(1.5 * 1024 ** 3);
  });

  it.each(['', '0', 'lots', '-1g', '1e3'])('is not "%s"', (text) => {
    expect(() => parseBytes(text)).toThrow(expect.objectContaining({ code: 'E_RESOURCES' }));
  });
});

describe('a length of time', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['30m', 1800],
    ['1h30m', 5400],
    ['2d', 172_800],
    ['0.5h', 1800],
    ['0', 0],
  ])('%s', (text, seconds) => {
    expect(parseSeconds(text)).toBe(seconds);
  });

  it.each(['', 'soon', '-5m', '5 moons', '2h30', '1h-30m', 'm', '1e3s'])('is not "%s"', (text) => {
    expect(() => parseSeconds(text)).toThrow(expect.objectContaining({ code: 'E_RESOURCES' }));
  });
});

it('counts are whole numbers', () => {
  expect(parseCount('3', 'GPUs')).toBe(3);
  for (const text of ['', '1.5', '-1', 'three', '0', '99999999999999999']) {
    expect(() => parseCount(text, 'GPUs')).toThrow(/number of GPUs/);
  }
});

it('a pair is split at its first equals sign', () => {
  expect(parsePair('a=b=c', '--label')).toEqual(['a', 'b=c']);
  expect(parsePair('a=', '--label')).toEqual(['a', '']);
  for (const text of ['a', '=b', '']) {
    expect(() => parsePair(text, '--label')).toThrow(/--label|no name/);
  }
});
