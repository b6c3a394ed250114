import { readDuration, readMemory } from '../../../../shared/units.ts';

export type Read<T> = { value: T } | { problem: string };

const orProblem = (value: number | null, problem: string): Read<number> =>
  value === null ? { problem } : { value };

export const readSize = (text: string): Read<number> =>
  orProblem(readMemory(text), 'Write a size such as 512 MiB or 4 GiB.');

export const readTime = (text: string): Read<number> =>
  orProblem(readDuration(text), 'Write a time such as 90 min, 2 h or 1 h 30 min.');

/** A number above zero, whole when that is asked for. */
export const readNumber =
  (whole: boolean) =>
  (text: string): Read<number> => {
    const value = Number(text.trim());
    const ok =
      text.trim() !== '' && Number.isFinite(value) && (!whole || Number.isSafeInteger(value));
    return ok ? { value } : { problem: whole ? 'Write a whole number.' : 'Write a number.' };
  };

/** `all`, or how many. */
export function readGpus(text: string): Read<number | 'all'> {
  if (text.trim().toLowerCase() === 'all') return { value: 'all' };
  const read = readNumber(true)(text);
  return 'problem' in read ? { problem: 'Write a whole number, or all.' } : read;
}
