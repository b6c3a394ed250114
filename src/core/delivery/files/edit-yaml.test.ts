import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { mergeJson } from '../json.ts';
import { editYaml } from './edit-yaml.ts';
import { config } from './testing.ts';

describe('comments, order and what is not changed are kept', () => {
  test.each<[string, string, object, string]>([
    [
      'a value and its comment',
      '# top\nlr: 0.1 # rate\n\n# next\nb: x\n',
      { lr: 0.2 },
      '# top\nlr: 0.2 # rate\n\n# next\nb: x\n',
    ],
    [
      'what YAML 1.1 reads otherwise',
      'a: 1\nb: yes\nc: 012\nd: 1e-3\ne: 0x1F\nf: ~\ng:\n',
      { a: 2 },
      'a: 2\nb: yes\nc: 012\nd: 1e-3\ne: 0x1F\nf: ~\ng:\n',
    ],
    [
      'quotes and blocks',
      'a: \'x\'\nb: "y"\nc: |\n  one\n  two\nd: 1\n',
      { d: 2 },
      'a: \'x\'\nb: "y"\nc: |\n  one\n  two\nd: 2\n',
    ],
    [
      'nested, a new key',
      'm:\n  # width\n  w: 1\nn: 2\n',
      { m: { d: 3 } },
      'm:\n  # width\n  w: 1\n  d: 3\nn: 2\n',
    ],
    ['four spaces', 'm:\n    w: 1\n', { m: { w: 2 } }, 'm:\n    w: 2\n'],
    ['lists as they are indented', 'a:\n- 1\n- 2\nb: 1\n', { b: 2 }, 'a:\n- 1\n- 2\nb: 2\n'],
    ['a list is replaced', 'a: [1, 2]\n', { a: [3] }, 'a: [ 3 ]\n'],
    ['CRLF', 'a: 1\r\nb: 2\r\n', { b: 3 }, 'a: 1\r\nb: 3\r\n'],
    ['a file of comments', '# nothing yet\n', { a: 1 }, '# nothing yet\n\na: 1\n'],
    ['a float stays one', 'lr: 1.0\n', { lr: 2 }, 'lr: 2.0\n'],
    ['an exponent that PyYAML reads', 'lr: 1.0\n', { lr: 1e-7 }, 'lr: 1.0e-7\n'],
    [
      'text that looks like something else',
      'a: x\n',
      { a: 'no', b: '012', c: '1e-3' },
      'a: "no"\nb: "012"\nc: "1e-3"\n',
    ],
    [
      'an alias is changed where it is used',
      'd: &d\n  a: 1\n  b: 2\nm: *d\n',
      { m: { a: 3 } },
      'd: &d\n  a: 1\n  b: 2\nm:\n  a: 3\n  b: 2\n',
    ],
    [
      'what is merged in stays',
      'd: &d\n  a: 1\nm:\n  <<: *d\n  c: 1\n',
      { m: { a: 3 } },
      'd: &d\n  a: 1\nm:\n  <<: *d\n  c: 1\n  a: 3\n',
    ],
  ])('%s', (_name, text, over, edited) => {
    expect(editYaml(text, over as never)).toEqual({ text: edited, note: null });
  });

  test('what cannot be kept is told', () => {
    const { text, note } = editYaml('# why\na: &x 1\nb: *x\n', { a: 2 });
    expect(parse(text)).toEqual({ a: 2, b: 1 });
    expect(note).toBe('is written anew, without its comments');
  });
});

test.each([
  ['- 1\n', 'holds no mapping of named values'],
  ['a: 1\n---\nb: 2\n', 'holds several YAML documents'],
  ['a: [1\n', 'is no valid YAML at line'],
  ['a: 1\na: 2\n', 'has "a" twice'],
  ['a: *nowhere\n', 'uses aliases that cannot be resolved'],
  [
    `a0: &a0 [1]\n${Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`).join('\n')}\n`,
    'uses aliases that cannot be resolved',
  ],
])('%j is refused: %s', (text, message) => {
  expect(() => editYaml(text, { a: 1 })).toThrow(message);
});

test('the result is the merge of text and change, and comments are there', () => {
  fc.assert(
    fc.property(config(true), config(true), (base, over) => {
      const written = `# first\n${stringify(base)}# last\n`;
      const { text, note } = editYaml(written, over);
      expect(parse(text) ?? {}).toEqual(parse(stringify(mergeJson(base, over))));
      expect(note).toBeNull();
      expect(text).toContain('# first');
      if (Object.keys(base).length > 0) expect(text).toContain('# last');
    }),
  );
});
