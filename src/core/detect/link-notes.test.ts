import { expect, it } from 'vitest';
import { linkNotes } from './link-notes.ts';
import { linkTo } from './test-tree.ts';

it.each([
  ['data', '/etc'],
  ['a/data', '../../x'],
  ['self', 'self'],
])('names the link %s -> %s', (path, target) => {
  expect(linkNotes([linkTo(path, target)], 'ctx')).toEqual([
    expect.stringContaining(`ctx/${path} -> ${target} leads out`),
  ]);
});

it('is silent on links that stay inside', () => {
  expect(linkNotes([linkTo('a/x', '../b'), linkTo('b', 'c')], '')).toEqual([]);
});

it('cuts a long list with a count', () => {
  const links = Array.from({ length: 12 }, (_, at) => linkTo(`l${at}`, '/x'));
  expect(linkNotes(links, '')).toHaveLength(11);
  expect(linkNotes(links, '').at(-1)).toContain('2 more');
});
