import type { PointerEvent } from 'react';

/** What a column is at least and at most, and what an arrow key adds, in px. */
const LEAST = 40;
const MOST = 900;
export const STEP = 16;

const limited = (px: number): number => Math.round(Math.max(LEAST, Math.min(MOST, px)));

const gridOf = (element: Element): HTMLElement =>
  element.closest<HTMLElement>('[role="grid"], [role="treegrid"]')!;

/** The tracks of the columns as they are laid out now, in px. */
const tracksOf = (element: Element): string[] => {
  const header = element.closest('[role="row"]')!;
  return [...header.querySelectorAll<HTMLElement>('[role="columnheader"]')].map(
    (cell) => `${widthOf(cell)}px`,
  );
};

const setTracks = (grid: HTMLElement, tracks: readonly string[]): void =>
  grid.style.setProperty('--columns', tracks.join(' '));

/** The width of the column that a title is of, in px. */
export const widthOf = (title: HTMLElement): number => {
  const { marginLeft, marginRight } = getComputedStyle(title);
  return title.offsetWidth + (parseFloat(marginLeft) || 0) + (parseFloat(marginRight) || 0);
};

/** Follows the pointer with the edge of a column, without drawing rows again, until it is let go. */
export function startResize(
  event: PointerEvent<HTMLElement>,
  index: number,
  onEnd: (px: number) => void,
): void {
  // Not the start of a drag of the title.
  event.preventDefault();
  const edge = event.currentTarget;
  const grid = gridOf(edge);
  const before = grid.style.getPropertyValue('--columns');
  const tracks = tracksOf(edge);
  const start = parseFloat(tracks[index] ?? '0');
  const from = event.clientX;
  let width: number | null = null;
  const follow = ({ clientX }: globalThis.PointerEvent): void => {
    width = limited(start + clientX - from);
    setTracks(grid, tracks.toSpliced(index, 1, `${width}px`));
  };
  const end = ({ type }: Event): void => {
    edge.removeEventListener('pointermove', follow);
    edge.removeEventListener('pointerup', end);
    edge.removeEventListener('pointercancel', end);
    grid.style.setProperty('--columns', before);
    if (width !== null && type === 'pointerup') onEnd(width);
  };
  edge.setPointerCapture?.(event.pointerId);
  edge.addEventListener('pointermove', follow);
  edge.addEventListener('pointerup', end);
  edge.addEventListener('pointercancel', end);
}

/** The width that shows all that is in sight of a column. */
export function fitColumn(edge: HTMLElement, index: number): number {
  const grid = gridOf(edge);
  const before = grid.style.getPropertyValue('--columns');
  setTracks(grid, tracksOf(edge).toSpliced(index, 1, 'max-content'));
  const cells = [...grid.querySelectorAll<HTMLElement>('[role="row"]')].flatMap((row) => {
    const cell = row.children[index];
    return cell instanceof HTMLElement && row.children.length > 1 ? [widthOf(cell)] : [];
  });
  grid.style.setProperty('--columns', before);
  return limited(Math.max(0, ...cells) + 1);
}
