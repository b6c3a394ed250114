import { describe, expect, it } from 'vitest';
import { patchLines } from './patch.ts';

const row = ({ kind, before, after, text }: ReturnType<typeof patchLines>[number]) =>
  [kind, before, after, text] as const;

describe('patchLines', () => {
  it('numbers the lines of each side', () => {
    const patch = '--- a\n+++ b\n@@ -3,3 +3,3 @@\n same\n-old\n+new\n+++x\n@@ -9 +10 @@\n-last\n';
    expect(patchLines(patch).map(row)).toEqual([
      ['hunk', null, null, '@@ -3,3 +3,3 @@'],
      ['same', 3, 3, 'same'],
      ['removed', 4, null, 'old'],
      ['added', null, 4, 'new'],
      ['added', null, 5, '++x'],
      ['hunk', null, null, '@@ -9 +10 @@'],
      ['removed', 9, null, 'last'],
    ]);
  });

  it('keeps what is said about the end of a file, and takes nothing for nothing', () => {
    const patch = '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n';
    expect(patchLines(patch)[2]).toEqual({
      kind: 'hunk',
      before: null,
      after: null,
      text: 'No newline at end of file',
    });
    expect(patchLines('')).toEqual([]);
  });
});
