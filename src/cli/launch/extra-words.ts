import { AppError } from '../../shared/errors.ts';

/**
 * The words for the program: those behind `--`. A word that merely stands there is a mistake.
 * @throws AppError `E_ARGS`
 */
export function extraWords(words: readonly string[], line: readonly string[]): string[] {
  const at = line.indexOf('--');
  const behind = at < 0 ? 0 : line.length - at - 1;
  if (words.length === behind) return [...words];
  throw new AppError('E_ARGS', `It is not clear what "${words[0]}" stands for.`, {
    next: `Write words for the program behind --, such as: -- ${words[0]}`,
  });
}
