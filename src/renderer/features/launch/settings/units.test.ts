import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGpus, readNumber, readSize, readTime, writeSize, writeTime } from './units.ts';

describe('sizes', () => {
  it.each([
    ['512', 512],
    ['512m', 536_870_912],
    ['4 GiB', 4_294_967_296],
    ['4GB', 4_294_967_296],
    ['1.5g', 1_610_612_736],
    ['64 kib', 65_536],
  ])('%s is %d bytes', (text, value) => expect(readSize(text)).toEqual({ value }));

  it.each(['', 'much', '4 x', '-1g', '1e9', 'Infinity'])('%j is none', (text) =>
    expect(readSize(text)).toHaveProperty('problem'),
  );

  it('writes what reads back the same', () =>
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(readSize(writeSize(bytes))).toEqual({ value: bytes });
      }),
    ));
});

describe('times', () => {
  it.each([
    ['90', 90],
    ['90 min', 5400],
    ['1 h 30 m', 5400],
    ['1h30m', 5400],
    ['2 days', 172_800],
    ['0.5 h', 1800],
  ])('%s is %d seconds', (text, value) => expect(readTime(text)).toEqual({ value }));

  it.each(['', 'soon', '5 moons', '-3 h', '1 h and'])('%j is none', (text) =>
    expect(readTime(text)).toHaveProperty('problem'),
  );

  it('writes what reads back the same', () =>
    fc.assert(
      fc.property(fc.nat({ max: 400 * 86_400 }), (seconds) => {
        expect(readTime(writeTime(seconds))).toEqual({ value: seconds });
      }),
    ));
});

describe('counts', () => {
  it.each([
    ['2', { value: 2 }],
    ['all', { value: 'all' }],
    ['half', { problem: 'Write a whole number, or all.' }],
    ['1.5', { problem: 'Write a whole number, or all.' }],
  ])('%s GPUs', (text, read) => expect(readGpus(text)).toEqual(read));

  it('reads parts of processors', () => {
    expect(readNumber(false)('1.5')).toEqual({ value: 1.5 });
    expect(readNumber(true)('1.5')).toHaveProperty('problem');
  });
});
