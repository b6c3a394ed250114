import type { Run } from '../shared/domain/run.ts';
import { dateTime } from './output.ts';

/** Who launched a run and what a person noted about it, as fields; what there is none of is left out. */
export function markFields({ creator, starred, tags, notes, binnedAt }: Run): [string, string][] {
  const fields: [string, string | null][] = [
    ['creator', creator],
    ['starred', starred ? '★ yes' : null],
    ['tags', tags.join(', ') || null],
    ['notes', notes === '' ? null : notes.includes('\n') ? `\n${notes}` : notes],
    ['bin', binnedAt === null ? null : `since ${dateTime(binnedAt)}`],
  ];
  return fields.filter((field): field is [string, string] => field[1] !== null);
}

/** The marks of a run in one line. */
export function marksText({ starred, tags, notes }: Run): string {
  const first = notes.split('\n', 1)[0] ?? '';
  const parts = [starred ? '★' : '', tags.map((tag) => `#${tag}`).join(' '), first];
  return parts.filter((part) => part !== '').join('  ') || 'no marks';
}
