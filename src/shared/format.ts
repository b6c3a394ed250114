const counts = new Intl.NumberFormat('en');

/** "1,204". */
export const formatCount = (n: number): string => counts.format(n);

/** "1 file", "1,204 files". */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`;

const SECOND = 1000;

const two = (n: number): string => String(n).padStart(2, '0');

/** Milliseconds in the two largest units that matter: "0.4 s", "12 s", "3 min 04 s", "2 h 05 min". */
export function formatDuration(ms: number): string {
  const time = Math.max(0, ms);
  if (time < 9_950) return `${(time / SECOND).toFixed(1)} s`;
  const seconds = Math.round(time / SECOND);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${two(minutes % 60)} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
