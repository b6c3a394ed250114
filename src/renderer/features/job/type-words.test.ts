import { describe, expect, it } from 'vitest';
import { typeTree, typeWords } from './type-words.ts';

const simple = (wb_type: string, params?: object) => ({ wb_type, ...(params && { params }) });
const number = simple('number');

describe('typeWords', () => {
  it.each([
    [number, 'number'],
    [simple('list', { element_type: number, length: 2 }), 'list of number, 2 long'],
    [simple('list', { element_type: simple('string') }), 'list of string'],
    [simple('union', { allowed_types: [simple('none'), number] }), 'number, or none'],
    [simple('union', { allowed_types: [simple('string'), number] }), 'string or number'],
    [simple('union', {}), 'unknown'],
    [simple('typedDict', { type_map: {} }), 'object'],
    [simple('image-file'), 'image-file'],
    [null, 'unknown'],
    [{ wb_type: 7 }, 'unknown'],
  ])('%j is %s', (type, words) => expect(typeWords(type)).toBe(words));
});

describe('typeTree', () => {
  it('follows objects, without the keys of the tracker', () => {
    const inner = simple('typedDict', { type_map: { width: number } });
    const tree = typeTree(simple('typedDict', { type_map: { model: inner, _step: number } }));
    expect(tree.children).toEqual([
      {
        name: 'model',
        words: 'object',
        children: [{ name: 'width', words: 'number', children: [] }],
      },
    ]);
  });

  it.each([[null], ['text'], [{ params: { type_map: 3 } }]])('takes %j as nothing', (type) =>
    expect(typeTree(type).children).toEqual([]),
  );
});
