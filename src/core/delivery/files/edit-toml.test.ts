import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { mergeJson } from '../json.ts';
import { sameData } from './changes.ts';
import { editToml } from './edit-toml.ts';
import { config } from './testing.ts';

describe('comments, order and what is not changed are kept', () => {
  test.each<[string, string, object, string]>([
    [
      'a value and its comment',
      '# top\nlr = 0.1 # rate\nb = "x"\n',
      { lr: 0.2 },
      '# top\nlr = 0.2 # rate\nb = "x"\n',
    ],
    [
      'in a table',
      '[m]\n# w\nw = 1\n\n[n]\nx = 2\n',
      { m: { w: 3 } },
      '[m]\n# w\nw = 3\n\n[n]\nx = 2\n',
    ],
    [
      'a new key in a table',
      '[m]\nw = 1 # one\n\n# next\n[n]\nx = 2\n',
      { m: { d: 'a' } },
      '[m]\nw = 1 # one\nd = "a"\n\n# next\n[n]\nx = 2\n',
    ],
    ['two new keys', 'a = 1\n', { b: 1, c: 2 }, 'a = 1\nb = 1\nc = 2\n'],
    ['a new key before tables', '[m]\nw = 1\n', { a: 1 }, 'a = 1\n[m]\nw = 1\n'],
    ['a new key in an empty file', '', { a: 1 }, 'a = 1\n'],
    ['a new table', 'a = 1\n', { m: { w: 1, d: 2 } }, 'a = 1\n\n[m]\nw = 1\nd = 2\n'],
    [
      'a table above one that is there',
      '[m.n]\nx = 1\n',
      { m: { w: 1 } },
      '[m.n]\nx = 1\n\n[m]\nw = 1\n',
    ],
    [
      'dotted keys',
      'm.w = 1\n[n]\nx = 1\n',
      { m: { w: 2, d: 3 } },
      'm.w = 2\nm.d = 3\n[n]\nx = 1\n',
    ],
    [
      'an inline table',
      'm = { w = 1, d = "x" } # m\n',
      { m: { w: 2, e: true } },
      'm = { w = 2, d = "x", e = true } # m\n',
    ],
    [
      'lists over lines',
      'a = [\n  1, # one\n  2,\n]\nb = 1\n',
      { b: 2 },
      'a = [\n  1, # one\n  2,\n]\nb = 2\n',
    ],
    ['a list is replaced', 'a = [\n  1,\n  2,\n]\nb = 1\n', { a: [3] }, 'a = [3]\nb = 1\n'],
    [
      'text of many lines',
      'a = """\nx = 1\n[t]\n"""\nx = 1\n',
      { x: 2 },
      'a = """\nx = 1\n[t]\n"""\nx = 2\n',
    ],
    ['quoted keys', '"a b" = 1\n\'c.d\' = 2\n', { 'a b': 3, 'c.d': 4 }, '"a b" = 3\n\'c.d\' = 4\n'],
    [
      'dates and large numbers',
      'd = 2020-01-01 10:00:00\nn = 9223372036854775807\nx = 1\n',
      { x: 2 },
      'd = 2020-01-01 10:00:00\nn = 9223372036854775807\nx = 2\n',
    ],
    ['a float stays one', 'lr = 1.0\n', { lr: 2 }, 'lr = 2.0\n'],
    [
      'lists of tables stay',
      '[[j]]\nx = 1\n[[j]]\nx = 2\n[m]\nx = 3\n',
      { m: { x: 4 } },
      '[[j]]\nx = 1\n[[j]]\nx = 2\n[m]\nx = 4\n',
    ],
    [
      'CRLF',
      'a = 1\r\n[m]\r\nb = 1\r\n',
      { a: 2, m: { c: 1 } },
      'a = 2\r\n[m]\r\nb = 1\r\nc = 1\r\n',
    ],
    ['no break at the end', 'a = 1', { b: 2 }, 'a = 1\nb = 2'],
  ])('%s', (_name, text, over, edited) => {
    expect(editToml(text, over as never)).toEqual({ text: edited, note: null });
  });

  test.each<[string, string, object, object]>([
    ['a table becomes a value', '# x\n[m]\na = 1\n', { m: 1 }, { m: 1 }],
    ['a list of tables becomes a list', '[[j]]\nx = 1\n', { j: [1] }, { j: [1] }],
  ])('what cannot be kept is told: %s', (_name, text, over, data) => {
    const edited = editToml(text, over as never);
    expect(parse(edited.text)).toEqual(data);
    expect(edited.note).toBe('is written anew, without its comments');
  });
});

test.each([
  ['a = \n', { a: 1 }, 'is no valid TOML at line 1'],
  ['a = 1\na = 2\n', { a: 1 }, 'is no valid TOML at line 2'],
  ['a = 1\n', { a: null }, 'cannot hold null: TOML has none'],
  ['a = 1\n', { a: [null] }, 'cannot hold null: TOML has none'],
])('%j with %j is refused: %s', (text, over, message) => {
  expect(() => editToml(text, over as never)).toThrow(message);
});

/** Integers beyond 2^53 as they are. */
const read = (text: string) => parse(text, { integersAsBigInt: 'asNeeded' });

test('the result is the merge of text and change, and comments are there', () => {
  fc.assert(
    fc.property(config(false), config(false), (base, over) => {
      const written = `# first\n${stringify(base)}\n# last\n`;
      const { text, note } = editToml(written, over);
      const wanted = read(stringify(mergeJson(read(written) as never, over)));
      expect(sameData(read(text), wanted)).toBe(true);
      if (note === null) expect(text).toMatch(/# first[\s\S]*# last/);
    }),
  );
});
