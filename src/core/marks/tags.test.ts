import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkNotes, checkRunName, checkTag } from './mark-text.ts';
import { knownTags } from './recorded-marks.ts';
import { tagsAfter } from './tags.ts';

const codeOf = (action: () => unknown): unknown => {
  try {
    action();
    return 'none';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe('tags', () => {
  const tag = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((text) => {
    return codeOf(() => checkTag(text)) === 'none';
  });

  it('are sorted, each once, and hold exactly what was added and not removed', () => {
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 10 }), fc.array(tag), fc.array(tag), (a, b, c) => {
        const have = tagsAfter(a, [])([]);
        fc.pre(new Set([...a, ...b].map(checkTag)).size <= 50);
        const after = tagsAfter(b, c)(have);
        const removed = new Set(c.map(checkTag));
        const wanted = [...have, ...b.map(checkTag)].filter((each) => !removed.has(each));
        expect(after).toEqual([...new Set(wanted)].sort());
        expect(tagsAfter(b, c)(after)).toEqual(after);
        expect(tagsAfter([], [...have, ...b])(after)).toEqual([]);
      }),
    );
  });

  it('of any text are either refused, or stay as they are from then on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const code = codeOf(() => checkTag(text));
        if (code !== 'none') {
          expect(code).toBe('E_NAME');
          return;
        }
        const checked = checkTag(text);
        expect(checkTag(checked)).toBe(checked);
        expect(checked).toBe(checked.trim());
        expect(knownTags([text])).toEqual([checked]);
      }),
    );
  });

  it.each([
    ['nothing', '', 'E_NAME'],
    ['spaces', ' \u00a0\t ', 'E_NAME'],
    ['what nobody sees', '\u200b\u200d', 'E_NAME'],
    ['a control character', 'a\u0007b', 'E_NAME'],
    ['a new line', 'a\nb', 'E_NAME'],
    ['too much', 'x'.repeat(101), 'E_NAME'],
    ['words in any script', 'größe 模型 🧪', 'none'],
    ['a family of emoji', '👩‍👩‍👧', 'none'],
  ])('%s: %j is %s', (_what, text, code) => {
    expect(codeOf(() => checkTag(text))).toBe(code);
  });

  it('are the same when they look the same', () => {
    expect(tagsAfter(['e\u0301te', '\u00e9te ', '\ud800'], [])([])).toEqual(['\u00e9te', '\ufffd']);
  });

  it('are fifty at most', () => {
    const fifty = Array.from({ length: 50 }, (_, index) => `t${index}`);
    expect(tagsAfter(fifty, [])([])).toHaveLength(50);
    expect(codeOf(() => tagsAfter(['more'], [])(fifty))).toBe('E_ARGS');
    expect(tagsAfter(['more'], ['t0'])(fifty)).toHaveLength(50);
    expect(knownTags([...fifty, 'more', '\u0000'])).toHaveLength(50);
  });
});

it('names and notes: a name is one line, notes are any text', () => {
  expect(checkRunName('  best so far ')).toBe('best so far');
  expect(codeOf(() => checkRunName('two\nlines'))).toBe('E_NAME');
  expect(checkNotes('a\r\nb\rc\u001b[1m ')).toBe('a\nb\nc\u001b[1m');
  expect(codeOf(() => checkNotes('x'.repeat(20_001)))).toBe('E_ARGS');
});
