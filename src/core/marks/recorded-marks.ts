import { AppError } from '../../shared/errors.ts';
import { checkTag, NOTES_LIMIT, TAGS_LIMIT } from './mark-text.ts';

/** The tags that a tracker recorded, as far as they can be tags here. */
export function knownTags(recorded: readonly string[]): string[] {
  const tags = new Set(recorded.flatMap(usable).slice(0, TAGS_LIMIT));
  // oxlint-disable-next-line require-array-sort-compare -- in any order that is always the same
  return [...tags].toSorted();
}

/** The notes that a tracker recorded: of very long ones the beginning. */
export const clippedNotes = (recorded: string): string =>
  recorded.trim().slice(0, NOTES_LIMIT).toWellFormed();

function usable(tag: string): string[] {
  try {
    return [checkTag(tag)];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
