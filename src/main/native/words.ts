import { durationText } from '../../shared/units.ts';

const NAME_LIMIT = 60;

/** "42 s", "12 min", "2 h 5 min", of a time in ms that may be wrong. */
export function roughDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return durationText(seconds < 60 ? seconds : seconds - (seconds % 60));
}

/** A name that came from anywhere, in one line that fits a menu. */
export function oneLine(name: string, limit = NAME_LIMIT): string {
  const line = name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const signs = [...line];
  return signs.length > limit ? `${signs.slice(0, limit - 1).join('')}…` : line;
}
