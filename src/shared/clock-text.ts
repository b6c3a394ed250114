const two = (number: number): string => String(number).padStart(2, '0');

/** `14:30` of the same day as `now`, otherwise with the day: `2026-11-23 14:30`. Both in ms since 1970. */
export function clockText(at: number, now: number): string {
  const date = new Date(at);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}
