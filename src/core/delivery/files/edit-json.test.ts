import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeJson } from '../json.ts';
import { editJson } from './edit-json.ts';
import { config } from './testing.ts';

describe('layout is kept', () => {
  test.each<[string, string, object, string]>([
    ['a value', '{\n  "a": 1,\n  "b": [1, 2]\n}\n', { a: 2 }, '{\n  "a": 2,\n  "b": [1, 2]\n}\n'],
    ['a new key', '{\n    "a": 1\n}', { b: 'x' }, '{\n    "a": 1,\n    "b": "x"\n}'],
    ['a list is replaced', '{"a": [1, 2, 3], "b": 1.0}', { a: [4] }, '{"a": [4], "b": 1.0}'],
    ['tabs', '{\n\t"a": {\n\t\t"x": 1\n\t}\n}', { a: { x: 2 } }, '{\n\t"a": {\n\t\t"x": 2\n\t}\n}'],
    [
      'comments',
      '{\n  // why\n  "a": 1, /* b */ "c": 2,\n}',
      { a: 3 },
      '{\n  // why\n  "a": 3, /* b */ "c": 2,\n}',
    ],
    ['CRLF', '{\r\n  "a": 1\r\n}\r\n', { b: 2 }, '{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n'],
    ['a mark at the start', '\uFEFF{"a": 1}', { a: 2 }, '\uFEFF{"a": 2}'],
    [
      'large numbers that are not changed',
      '{"a": 12345678901234567890, "b": 1}',
      { b: 2 },
      '{"a": 12345678901234567890, "b": 2}',
    ],
  ])('%s', (_name, text, over, edited) => {
    expect(editJson(text, over as never)).toEqual({ text: edited, note: null });
  });

  test('many changes of a long text are made at once', () => {
    const names = Array.from({ length: 5000 }, (_, at) => [`key${at}`, at]);
    const base = Object.fromEntries(names);
    const over = Object.fromEntries(names.map(([name]) => [name, 'new']));
    const { text, note } = editJson(JSON.stringify(base, null, 2), over);
    expect(JSON.parse(text)).toEqual(over);
    expect(note).toBeNull();
  });
});

test.each([
  ['[1]', 'holds no object of named values'],
  ['{"a": }', 'is no valid JSON at line 1 (ValueExpected)'],
  ['{\n"a": 1', 'is no valid JSON at line 2 (CloseBraceExpected)'],
  ['', 'is no valid JSON at line 1 (ValueExpected)'],
])('%j is refused: %s', (text, message) => {
  expect(() => editJson(text, { a: 1 })).toThrow(message);
});

test('the result is the merge of text and change', () => {
  fc.assert(
    fc.property(
      config(true),
      config(true),
      fc.constantFrom(0, 2, 4, '\t'),
      (base, over, indent) => {
        const { text, note } = editJson(JSON.stringify(base, null, indent), over);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(mergeJson(base, over))));
        expect(note).toBeNull();
      },
    ),
  );
});
