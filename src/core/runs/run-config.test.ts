import { describe, expect, it } from 'vitest';
import { EMPTY_SPEC, type Delivery } from '../../shared/domain/launch-spec.ts';
import { runConfig } from './run-config.ts';

const told = (config: Delivery['config']): Delivery => ({
  ...{ argv: [], env: {}, secrets: [], files: [] },
  config,
});
const set = (values: Delivery['config']) => ({ ...EMPTY_SPEC, values });

describe('runConfig', () => {
  it.each([
    ['nothing', {}, {}, null],
    ['values', { lr: 0.1, 'model.width': 8 }, {}, { lr: 0.1, model: { width: 8 } }],
    ['config', {}, { a: { b: 1 } }, { a: { b: 1 } }],
    [
      'both, nested into one another',
      { 'model.width': 8, lr: 1 },
      { model: { depth: 2 }, lr: 2 },
      { model: { width: 8, depth: 2 }, lr: 2 },
    ],
    ['a value in the way of a name', { a: 1, 'a.b': 2 }, {}, { a: { b: 2 } }],
    ['lists as they are', { a: [1, { b: 2 }] }, {}, { a: [1, { b: 2 }] }],
  ])('tells %s', (_what, values, config, expected) => {
    expect(runConfig(set(values), told(config))).toEqual(expected);
  });

  it('changes no prototype', () => {
    const values = JSON.parse('{"__proto__.polluted": 1, "__proto__": {"x": 1}}') as {};
    const config = runConfig(set(values), told({}))!;
    expect(Object.keys(config)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
