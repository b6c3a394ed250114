import { AppError } from '../../shared/errors.ts';
import { PRIORITIES, type Priority } from '../../shared/domain/run.ts';

/** A priority by its name, or by the number that W&B Launch has for it: 0 is critical, 3 is low. @throws AppError `E_ARGS` */
export function parsePriority(text: string): Priority {
  const word = text.trim().toLowerCase();
  const priority = /^\d$/.test(word)
    ? PRIORITIES[Number(word)]
    : PRIORITIES.find((each) => each === word);
  if (priority !== undefined) return priority;
  throw new AppError('E_ARGS', `"${text}" is not a priority.`, {
    next: `Give ${PRIORITIES.slice(0, -1).join(', ')} or ${PRIORITIES.at(-1)}; 0 to 3 mean the same.`,
  });
}
