import { describe, expect, test } from 'vitest';
import { noValues, type JsonValues } from '../../shared/domain/json.ts';
import { mergeJson, ownValue, putAll, putValue } from './json.ts';

const parse = (text: string): JsonValues => JSON.parse(text) as JsonValues;

describe('merging', () => {
  test.each([
    ['{"a":1}', '{"b":2}', '{"a":1,"b":2}'],
    ['{"a":{"x":1,"y":2}}', '{"a":{"y":3}}', '{"a":{"x":1,"y":3}}'],
    ['{"a":[1,2,3]}', '{"a":[4]}', '{"a":[4]}'],
    ['{"a":{"x":1}}', '{"a":5}', '{"a":5}'],
    ['{"a":5}', '{"a":{"x":1}}', '{"a":{"x":1}}'],
    ['{"a":1}', '{"a":null}', '{"a":null}'],
    ['{"constructor":1}', '{"__proto__":{"x":1}}', '{"constructor":1,"__proto__":{"x":1}}'],
    ['{"a":1}', '{"a":{}}', '{"a":{}}'],
  ])('%s with %s', (base, over, merged) => {
    expect(JSON.stringify(mergeJson(parse(base), parse(over)))).toBe(merged);
    const into = noValues();
    putAll(into, parse(base));
    putAll(into, parse(over));
    expect(JSON.stringify(into)).toBe(merged);
  });

  test('putting changes nothing of what was put before', () => {
    const into = noValues();
    const first = parse('{"a":{"x":{"y":1}}}');
    putAll(into, first);
    putAll(into, parse('{"a":{"x":{"y":2}}}'));
    expect(first).toEqual({ a: { x: { y: 1 } } });
    expect(into).toEqual({ a: { x: { y: 2 } } });
  });

  test('a key named as one of every object is data', () => {
    const merged = mergeJson({}, parse('{"__proto__":{"polluted":true}}'));
    expect(Object.hasOwn(merged, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(ownValue({}, 'constructor')).toBeUndefined();
  });

  test('a value at a path', () => {
    const into = noValues();
    putValue(into, ['a', 'b'], [1]);
    expect(into).toEqual({ a: { b: [1] } });
  });
});
