import { describe, expect, it } from 'vitest';
import { typeFields } from './type-fields.ts';

const number = { wb_type: 'number' };
const string = { wb_type: 'string' };
const dict = (type_map: Record<string, unknown>) => ({
  wb_type: 'typedDict',
  params: { type_map },
});
const union = (...allowed_types: unknown[]) => ({ wb_type: 'union', params: { allowed_types } });
const list = (element_type: unknown) => ({ wb_type: 'list', params: { element_type, length: 2 } });

describe('the fields of a type', () => {
  it.each<[string, unknown, Record<string, string>]>([
    ['plain ones', dict({ lr: number, name: string }), { lr: 'number', name: 'string' }],
    ['nested ones', dict({ optimizer: dict({ lr: number }) }), { 'optimizer.lr': 'number' }],
    ['a choice', dict({ x: union(number, { wb_type: 'none' }) }), { x: 'number or none' }],
    ['a list', dict({ x: list(string) }), { x: 'list of string' }],
    ['lists in lists', dict({ x: list(list(number)) }), { x: 'list of list of number' }],
    [
      'config and files',
      { '@wandb.config': dict({ lr: number }) },
      { '@wandb.config.lr': 'number' },
    ],
    ['an empty dictionary', dict({ x: dict({}) }), { x: 'typedDict' }],
    ['none', null, {}],
    ['no types at all', undefined, {}],
    ['what nobody knows', dict({ x: [1, 2], y: 7 }), { x: '[1,2]', y: '7' }],
    ['a list of nothing', dict({ x: { wb_type: 'list' } }), { x: 'list' }],
  ])('are found: %s', (_, type, expected) => {
    expect(typeFields(type)).toEqual(expected);
  });

  it('with names that objects have are fields like others', () => {
    const type = dict(
      JSON.parse('{"__proto__":{"wb_type":"number"},"constructor":{"wb_type":"string"}}'),
    );
    expect(Object.entries(typeFields(type))).toEqual([
      ['__proto__', 'number'],
      ['constructor', 'string'],
    ]);
  });

  it('end where the description is far too deep', () => {
    let deep: unknown = number;
    for (let level = 0; level < 60; level++) deep = dict({ a: deep });
    expect(Object.keys(typeFields(deep))).toEqual([
      Array.from({ length: 32 }, () => 'a').join('.'),
    ]);
    let lists: unknown = number;
    for (let level = 0; level < 60; level++) lists = list(lists);
    expect(typeFields(dict({ x: lists }))['x']).toContain('list of list');
  });
});
