import { AppError } from '../../shared/errors.ts';
import { checkTag, TAGS_LIMIT } from './mark-text.ts';

/**
 * The tags of a run after some were added and removed: sorted, each once. One that is to be both is removed.
 * @throws AppError `E_NAME` for what cannot be a tag, `E_ARGS` for more than a run may have
 */
export function tagsAfter(
  add: readonly string[],
  remove: readonly string[],
): (have: readonly string[]) => string[] {
  const added = add.map(checkTag);
  const removed = new Set(remove.map(checkTag));
  return (have) => {
    const tags = [...new Set([...have, ...added])].filter((tag) => !removed.has(tag));
    // oxlint-disable-next-line require-array-sort-compare -- in any order that is always the same
    if (tags.length <= TAGS_LIMIT) return tags.toSorted();
    throw new AppError('E_ARGS', `A run has at most ${TAGS_LIMIT} tags.`, {
      next: `Remove ${tags.length - TAGS_LIMIT} of them first.`,
    });
  };
}
