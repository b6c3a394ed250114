import { expect, it, vi } from 'vitest';
import { isTexts, keep, readKept, readKeptValues, textsOf } from './kept.ts';

it('gives back what was kept, and nothing before that', () => {
  expect(readKept('test')).toBeNull();
  keep('test', { a: [1] });
  expect(readKept('test')).toEqual({ a: [1] });
  expect(readKeptValues('test')).toEqual({ a: [1] });
});

it.each(['{', '[1]', '"a"', 'null', '1'])('has no values in %s', (text) => {
  localStorage.setItem('slipway.test', text);
  expect(readKeptValues('test')).toEqual({});
});

it('goes on where there is no room', () => {
  keep('test', 1);
  const room = globalThis.localStorage;
  vi.stubGlobal('localStorage', {
    setItem() {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  expect(() => keep('test', 2)).not.toThrow();
  vi.stubGlobal('localStorage', room);
  expect(readKept('test')).toBe(1);
});

it('takes texts alone', () => {
  expect(textsOf(['a', 1, null])).toEqual(['a']);
  expect(textsOf('a')).toEqual([]);
  expect([isTexts(['a']), isTexts(['a', 1]), isTexts({})]).toEqual([true, false, false]);
});
