import { expect, it } from 'vitest';
import { createRowPool } from './row-pool.ts';
import type { LineLook, RowContent } from './log-line.ts';

const LOOK: LineLook = { streams: true, folded: true, times: 'off', start: 0, matcher: null };

const content = (index: number): RowContent => ({
  index,
  line: { text: `text ${index}`, stream: 1, number: index, at: 0, continues: false },
  continued: false,
  selected: false,
  match: false,
  current: false,
  failing: index === 5,
  linked: false,
});
const contents = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => content(first + at));

function createPane() {
  const pane = document.createElement('div');
  const sign = document.createElement('i');
  const pool = createRowPool(pane, sign);
  const texts = () => [...pane.children].map((row) => row.lastElementChild?.textContent);
  const expected = (first: number, count: number) =>
    contents(first, count).map(({ line }) => line?.text);
  const draw = (first: number, count: number, keep: boolean) => {
    pool.draw(contents(first, count), LOOK, keep);
    expect(texts()).toEqual(expected(first, count));
    expect(pane.querySelectorAll('i')).toHaveLength(first <= 5 && first + count > 5 ? 1 : 0);
  };
  return { pane, draw };
}

it.each([
  ['on', 2],
  ['back', -3],
])('keeps the element of a row that is scrolled %s while text is marked', (_, by) => {
  const { pane, draw } = createPane();
  draw(10, 8, false);
  const marked = pane.children[4];
  draw(10 + by, 8, true);
  expect(pane.children[4 - by]).toBe(marked);
});

it('lets go of what is marked when its row is far away', () => {
  const { pane, draw } = createPane();
  draw(10, 8, false);
  const marked = pane.children[4];
  draw(1000, 8, true);
  expect(marked?.parentNode).toBeNull();
});

it('draws fewer rows, more rows, and the sign of the failing one where it is', () => {
  const { draw } = createPane();
  draw(0, 8, false);
  draw(3, 2, false);
  draw(1, 9, true);
  draw(20, 3, false);
  draw(4, 0, false);
  draw(4, 4, false);
});
