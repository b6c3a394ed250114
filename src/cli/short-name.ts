/** Longer names are cut in tables: one of them would make every line as wide as itself. */
const WIDEST = 40;

/**
 * A name for a table, where something beside it (an id) says which one it is; whole in JSON. The middle goes:
 * names that were made in a row differ at the end.
 */
export function shortName(name: string): string {
  const characters = [...name];
  if (characters.length <= WIDEST) return name;
  const end = Math.floor((WIDEST - 1) / 2);
  const begin = characters.slice(0, WIDEST - 1 - end);
  return `${begin.join('')}…${characters.slice(-end).join('')}`;
}

/** A version of a job as tables name it: `train:v3`. */
export const versionName = (job: string, version: number): string =>
  `${shortName(job)}:v${version}`;
