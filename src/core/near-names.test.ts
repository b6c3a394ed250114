import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearNames } from './near-names.ts';

describe('nearNames', () => {
  it('names what is much like it, the nearest first, five at most', () => {
    const names = ['main', 'master', 'feature/login', 'mian', 'zzz', 'main-2'];
    expect(nearNames('mian', names)[0]).toBe('mian');
    expect(nearNames('maim', names)[0]).toBe('main');
    expect(nearNames('login', names)).toContain('feature/login');
    expect(nearNames('ma', names)).toEqual(['main', 'main-2', 'master']);
    expect(nearNames('unrelated', names)).toEqual([]);
    const many = Array.from({ length: 100 }, (_, n) => `a${n}`);
    expect(nearNames('a', many)).toHaveLength(5);
  });

  it('does not mind letter case, nor a name that is there twice', () => {
    expect(nearNames('TRAIN', ['train', 'train'])).toEqual(['train']);
  });
});

describe('a short word', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['x', ['x', 'x1']],
    ['a', ['ab']],
    ['z', []],
    ['xy', ['x1']],
    ['zz', []],
    ['q9', ['q1']],
    ['9q', []],
    ['ba', ['ab']],
    ['lr1', ['lr']],
    ['cpus', ['cpu']],
    ['gup', ['gpu']],
    ['ggu', ['gpu']],
    ['pgx', []],
    ['net', []],
    ['GP', ['gpu', 'gpu-box']],
  ])('%j is near to %j', (asked, near) => {
    const names = ['x', 'x1', 'q1', 'ab', 'lr', 'cpu', 'gpu', 'gpu-box', 'night'];
    expect(nearNames(asked, names).toSorted()).toEqual(near);
  });

  it('is near to nothing that has no letter of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-m]{1,3}$/), (asked) => {
        expect(nearNames(asked, ['n', 'no', 'nop', 'nopq', 'nopqr'])).toEqual([]);
      }),
    );
  });
});

it.each<[string, string, number]>([
  ['', '', 0],
  ['', 'ab', 2],
  ['train', 'train', 0],
  ['trian', 'train', 2],
  ['kitten', 'sitting', 3],
])('from %j to %j it is %i edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
  expect(editDistance(b, a)).toBe(edits);
});
