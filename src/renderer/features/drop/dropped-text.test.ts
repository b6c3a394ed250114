import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { droppedText } from './dropped-text.ts';

describe('droppedText', () => {
  it.each([
    ['https://git.example.com/team/code.git', ''],
    ['https://git.example.com/team/code/tree/main/jobs', 'Code on main'],
    ['', 'git@git.example.com:team/code.git'],
    ['', '  ssh://git@git.example.com/team/code.git\n'],
    ['# from a page\r\nhttps://git.example.com/a\r\nhttps://git.example.com/b', ''],
  ])('%j %j is the address of a repository', (list, text) => {
    const found = droppedText(list, text);
    expect(found.kind).toBe('git');
    expect(found).toMatchObject({ address: expect.not.stringMatching(/\s|#/) as string });
  });

  it('opens what a link of Slipway leads to', () => {
    expect(droppedText('slipway://run/abc/log/3', '')).toEqual({
      kind: 'link',
      target: { page: 'run', runId: 'abc', line: 2 },
    });
  });

  it.each(['', 'some words', 'javascript:alert(1)', 'data:text/html,x', 'https://a b', 'C:\\x'])(
    '%j is neither',
    (text) => expect(droppedText('', text)).toEqual({ kind: 'other' }),
  );

  it('takes anything without harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (list, text) => {
        expect(['git', 'link', 'other']).toContain(droppedText(list, text).kind);
      }),
    );
  });
});
