import { AppError } from '../../../shared/errors.ts';
import { withoutSequences } from '../fold/sequences.ts';

/** What is looked for. */
export interface Search {
  pattern: string;
  regex: boolean;
  matchCase: boolean;
}

/** Whether a line has it, as the line is shown: without escape sequences. */
export type Matcher = (line: string) => boolean;

/**
 * @throws AppError `E_PATTERN` for what is no regular expression (JavaScript's).
 */
export function createMatcher({ pattern, regex, matchCase }: Search): Matcher {
  if (!regex && matchCase) return (line) => withoutSequences(line).includes(pattern);
  const expression = regex ? compile(pattern, matchCase ? '' : 'i') : literal(pattern);
  return (line) => expression.test(withoutSequences(line));
}

const literal = (text: string): RegExp =>
  new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');

function compile(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    throw new AppError('E_PATTERN', 'This is no regular expression.', {
      next: 'Correct it, or search for it as plain text.',
      detail: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}
