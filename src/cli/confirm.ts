import { createInterface } from 'node:readline/promises';
import { askLine } from './ask-line.ts';
import { say } from './output.ts';

/**
 * Asks a person who sits at the terminal; Enter means yes. Where nobody can answer (no terminal on
 * stdin or stderr) it says so and goes on with yes.
 */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    say(`${question} Yes, since there is no terminal to ask at (--rewrite never refuses).`);
    return true;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await askLine(terminal, `${question} [Y/n] `, 'The question', signal);
  return /^(?:y(?:es)?)?$/i.test(answer.trim());
}
