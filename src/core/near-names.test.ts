import { describe, expect, it } from 'vitest';
import { editDistance, nearNames } from './near-names.ts';

describe('nearNames', () => {
  it('names what is much like it, the nearest first, five at most', () => {
    const names = ['main', 'master', 'feature/login', 'mian', 'zzz', 'main-2'];
    expect(nearNames('mian', names)[0]).toBe('mian');
    expect(nearNames('maim', names)[0]).toBe('main');
    expect(nearNames('login', names)).toContain('feature/login');
    expect(nearNames('ma', names)).toEqual(['main', 'main-2', 'master', 'mian']);
    expect(nearNames('unrelated', names)).toEqual([]);
    const many = Array.from({ length: 100 }, (_, n) => `a${n}`);
    expect(nearNames('a', many)).toHaveLength(5);
  });

  it('does not mind letter case, nor a name that is there twice', () => {
    expect(nearNames('TRAIN', ['train', 'train'])).toEqual(['train']);
    expect(nearNames('', ['a', 'train'])).toEqual(['a']);
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
