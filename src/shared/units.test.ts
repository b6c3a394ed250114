import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  durationText,
  exactMemory,
  fileSize,
  memoryText,
  readDuration,
  readFileSize,
  readMemory,
} from './units.ts';

describe('memory', () => {
  it.each([
    ['512', 512],
    ['100b', 100],
    ['512m', 536_870_912],
    ['4 GiB', 4_294_967_296],
    ['4GB', 4_294_967_296],
    [' 1.5g ', 1_610_612_736],
    ['64 kib', 65_536],
    ['1.5', 1],
    ['1.0000000001k', 1024],
  ])('%j is %d bytes', (text, bytes) => expect(readMemory(text)).toBe(bytes));

  it.each(['', 'much', '4 x', '-1g', '1e9', 'Infinity', '4i', '9007199254740993', '99999p'])(
    '%j is none',
    (text) => expect(readMemory(text)).toBeNull(),
  );

  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [65_536, '64 KiB'],
    [4 * 2 ** 30, '4 GiB'],
    [1.5 * 2 ** 30, '1.5 GiB'],
    [1_395_864_371, '1.3 GiB'],
  ])('%d bytes are shown as %s', (bytes, text) => expect(memoryText(bytes)).toBe(text));

  it('can be written so that it reads back the same', () =>
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(readMemory(exactMemory(bytes))).toBe(bytes);
      }),
    ));
});

describe('what files take', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [999.6, '1.0 kB'],
    [9_949, '9.9 kB'],
    [9_960, '10 kB'],
    [999_600, '1.0 MB'],
    [48_200_000, '48 MB'],
    [5e15, '5000 TB'],
  ])('%d is %s', (bytes, text) => expect(fileSize(bytes)).toBe(text));
});

describe('lengths of time', () => {
  it.each([
    ['90', 90],
    ['0', 0],
    ['90s', 90],
    ['90 min', 5400],
    ['1 h 30 m', 5400],
    ['1h30m', 5400],
    ['5 minutes', 300],
    ['2 days', 172_800],
    ['0.5 h', 1800],
  ])('%j is %d seconds', (text, seconds) => expect(readDuration(text)).toBe(seconds));

  it.each(['', 'soon', '5 moons', '-3 h', '1 h and', '1h-30m', 'm', '1e3s', '2h30', '1hello'])(
    '%j is none',
    (text) => expect(readDuration(text)).toBeNull(),
  );

  it.each([
    [0, '0 s'],
    [0.5, '0.5 s'],
    [90, '1 min 30 s'],
    [600, '10 min'],
    [9000, '2 h 30 min'],
    [86_400, '1 d'],
  ])('%d seconds are %s', (seconds, text) => expect(durationText(seconds)).toBe(text));

  it('are written so that they read back the same', () =>
    fc.assert(
      fc.property(fc.nat({ max: 400 * 86_400 }), (seconds) => {
        expect(readDuration(durationText(seconds))).toBe(seconds);
      }),
    ));
});

describe('a size of files', () => {
  it.each([
    ['20GB', 20e9],
    ['20 gb', 20e9],
    ['1.5 TB', 1.5e12],
    ['20GiB', 20 * 2 ** 30],
    ['800 MB', 8e8],
    ['512', 512],
    ['0', 0],
    ['GB', null],
    ['-1GB', null],
    ['20 XB', null],
    ['9999999TB', null],
  ])('%s', (text, bytes) => {
    expect(readFileSize(text)).toBe(bytes);
  });

  it('that is shown is read back to its two digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e14 }), (bytes) => {
        const read = readFileSize(fileSize(bytes))!;
        expect(Math.abs(read - bytes)).toBeLessThanOrEqual(0.06 * bytes);
      }),
    );
  });
});
