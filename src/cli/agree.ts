import { createInterface } from 'node:readline/promises';
import { AppError } from '../shared/errors.ts';
import { askLine } from './ask-line.ts';

/**
 * Asks before what cannot be undone; Enter means no. Where nobody can answer, only `--yes` will do. `why` it is
 * asked.
 * @throws AppError `E_ARGS` without a terminal and without `--yes`, `E_CANCELLED`
 */
export async function agree(
  question: string,
  { yes }: { yes?: boolean },
  signal: AbortSignal,
  why = 'What is deleted for good cannot be brought back.',
): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new AppError('E_ARGS', why, { next: 'Say --yes to do it.' });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await askLine(terminal, `${question} [y/N] `, 'The question', signal);
  return /^y(?:es)?$/i.test(answer.trim());
}
