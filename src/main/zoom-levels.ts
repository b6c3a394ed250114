/** The steps that browsers have, in percent. */
const LEVELS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];

export type ZoomStep = 'in' | 'out' | 'reset';

/** The level after one step; a level that is none of the steps goes to the next one. */
export function zoomAfter(percent: number, step: ZoomStep): number {
  if (step === 'reset') return 100;
  if (step === 'in') return LEVELS.find((level) => level > percent) ?? LEVELS.at(-1)!;
  return LEVELS.findLast((level) => level < percent) ?? LEVELS[0]!;
}

/** The level that is closest to a number from anywhere. */
export function nearestZoom(percent: number): number {
  if (!Number.isFinite(percent)) return 100;
  const distance = (level: number) => Math.abs(level - percent);
  return LEVELS.reduce((best, level) => (distance(level) < distance(best) ? level : best));
}
