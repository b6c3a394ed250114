import type { Delivery } from '../../shared/domain/launch-spec.ts';
import type { Findings } from '../delivery/findings.ts';

/** The longest word Linux hands to a program, with the end. */
const WORD_BYTES = 128 * 1024;
/** Leaves room below what systems take at the least for a command with its environment. */
const COMMAND_BYTES = 200 * 1024;

/** Tells of words that no system would start a program with. */
export function checkCommand(words: readonly string[], findings: Findings): void {
  const broken = words.find((word) => word.includes('\0') || !word.isWellFormed());
  if (broken !== undefined) {
    const what = broken.includes('\0') ? 'a NUL character' : 'what is no UTF-8 text';
    const message = `An argument holds ${what}, which no command can.`;
    findings.problem('E_PARAM_VALUE', 'args', message, 'Put it into a file that the code reads.');
  }
  const sizes = words.map((word) => Buffer.byteLength(word) + 1);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.every((size) => size <= WORD_BYTES) && all <= COMMAND_BYTES) return;
  findings.problem(
    'E_ARGS_TOO_LONG',
    'args',
    `The command is ${Math.ceil(all / 1024)} KB long; 200 KB, and 128 KB for one word, is the most that can be started.`,
    'Put the long values into a config file that the code reads.',
  );
}

/** Below what Linux hands to a program in all, words and variables (2 MB), with room for the image's own. */
const TOTAL_BYTES = 1.75 * 1024 * 1024;

/** Tells of more than a program can be started with in all. */
export function checkTotal(
  { argv, env, config }: Pick<Delivery, 'argv' | 'env' | 'config'>,
  findings: Findings,
): void {
  const texts = [...argv, ...Object.entries(env).flat(), JSON.stringify(config)];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
  if (bytes <= TOTAL_BYTES) return;
  findings.problem(
    'E_ENV_VALUE',
    'env',
    `Command, variables and config are ${Math.ceil(bytes / 1024)} KB together; 1,792 KB is the most that can be started.`,
    'Put the long values into a config file that the code reads.',
  );
}
