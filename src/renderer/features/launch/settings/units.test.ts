import { describe, expect, it } from 'vitest';
import { readGpus, readNumber, readSize, readTime } from './units.ts';

it('sizes and times are read, or said to be none', () => {
  expect(readSize('4 GiB')).toEqual({ value: 4_294_967_296 });
  expect(readSize('much')).toHaveProperty('problem');
  expect(readTime('1 h 30 min')).toEqual({ value: 5400 });
  expect(readTime('soon')).toHaveProperty('problem');
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
