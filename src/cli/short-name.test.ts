import { expect, test } from 'vitest';
import { shortName, versionName } from './short-name.ts';

test.each([
  ['', ''],
  ['swift-river-12', 'swift-river-12'],
  ['x'.repeat(40), 'x'.repeat(40)],
  [`${'a'.repeat(20)}${'-'.repeat(200)}${'z'.repeat(19)}`, `${'a'.repeat(20)}…${'z'.repeat(19)}`],
  // A sign of two units is not cut in half.
  ['😀'.repeat(41), `${'😀'.repeat(20)}…${'😀'.repeat(19)}`],
])('%s', (name, shown) => {
  expect(shortName(name)).toBe(shown);
});

test('the number of a version is never cut', () => {
  expect(versionName('j'.repeat(128), 123)).toBe(`${'j'.repeat(20)}…${'j'.repeat(19)}:v123`);
});
