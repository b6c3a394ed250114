import { createHash } from 'node:crypto';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFile } from './compare-file.ts';
import type { Store } from './store.ts';
import type { TreeNode } from './tree.ts';

type Content = string | Buffer | { link: string } | null;

/** A store of two trees with one path. */
function storeOf(before: Content, after: Content, path = 'a.txt'): Pick<Store, 'trees' | 'blobs'> {
  const blobs = new Map<string, Buffer>();
  const nodeOf = (content: Content): TreeNode[] => {
    if (content === null) return [];
    const plain = { path, executable: false };
    if (typeof content === 'object' && 'link' in content) {
      return [{ ...plain, kind: 'link', size: 0, content: content.link }];
    }
    const bytes = Buffer.from(content as Buffer);
    const sha = createHash('sha256').update(bytes).digest('hex');
    blobs.set(sha, bytes);
    return [{ ...plain, kind: 'file', size: bytes.length, content: sha }];
  };
  const trees: Record<string, TreeNode[]> = { before: nodeOf(before), after: nodeOf(after) };
  return {
    trees: { nodes: (digest: string) => trees[digest] },
    blobs: { head: (sha: string) => blobs.get(sha) },
  } as unknown as Pick<Store, 'trees' | 'blobs'>;
}

const compare = (before: Content, after: Content) =>
  compareFile(storeOf(before, after), { before: 'before', after: 'after', path: 'a.txt' });

describe('one file in two trees', () => {
  it('differs by lines', () => {
    expect(compare('one\ntwo\nthree\n', 'one\n2\nthree\n')).toEqual({
      kind: 'text',
      patch: '--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n',
      added: 1,
      removed: 1,
    });
  });

  it('is all new, or all gone', () => {
    expect(compare(null, 'one\n')).toMatchObject({ added: 1, removed: 0 });
    expect(compare('one\n', null)).toMatchObject({
      patch: '--- a/a.txt\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-one\n',
    });
  });

  it('may be the same', () => {
    const same = { kind: 'text', patch: '', added: 0, removed: 0 };
    expect(compare('one\n', 'one\n')).toEqual(same);
    expect(compare(Buffer.alloc(1 << 21), Buffer.alloc(1 << 21))).toEqual(same);
  });

  it('is a link by its target', () => {
    const compared = compare({ link: 'x' }, { link: 'y' });
    expect(compared).toMatchObject({ patch: expect.stringContaining('-x\n') });
  });

  it.each<[string, Content, Content]>([
    ['binary', 'text', Buffer.from([1, 0, 2])],
    ['binary', Buffer.from('caf\xe9', 'latin1'), 'text'],
    ['too-large', 'text', 'x'.repeat((1 << 20) + 1)],
    ['too-large', Buffer.alloc(1 << 21), null],
  ])('is %s', (kind, before, after) => {
    expect(compare(before, after)).toEqual({ kind });
  });

  it('must be there in one of them', () => {
    expect(() => compare(null, null)).toThrowError(
      expect.objectContaining({ code: 'E_NOT_FOUND' }),
    );
  });

  it('of very many lines that all differ is given up', () => {
    const lines = (mark: string): string =>
      Array.from({ length: 100_000 }, (_, n) => `${mark}${n}\n`).join('');
    expect(compare(lines('a'), lines('b'))).toEqual({ kind: 'too-different' });
  });

  it('of very many lines may be new', () => {
    expect(compare(null, '\n'.repeat(500_000))).toMatchObject({ added: 500_000 });
    expect(compare('x\n'.repeat(500_000), '')).toMatchObject({ kind: 'text', removed: 500_000 });
  });

  it('has a patch that leads from one to the other', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', ' ', '-x', '+y', '@@ z', '\r', 'é'), { maxLength: 30 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const compared = compare(before, after);
        if (compared.kind !== 'text') throw new Error('It is text.');
        if (before === after) expect(compared.patch).toBe('');
        else expect(applyPatch(before, compared.patch)).toBe(after);
      }),
    );
  });
});
