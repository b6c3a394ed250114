import { AppError } from '../../shared/errors.ts';
import type { Queue } from '../../shared/domain/queue.ts';
import { parsePair } from '../launch/units.ts';

export type VariableValues = Record<string, string | number>;

/** What is a number in JSON; `Number` would take an empty text and hexadecimal digits too. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The values of `--set-var`, in the type that the queue asks for where the text can be read so. Whether a
 * value is one that the queue takes is checked with the rest of the launch.
 * @throws AppError `E_ARGS` for what is no `name=value`, or is given twice
 */
export function readSetVars(
  texts: readonly string[],
  variables: Queue['variables'],
): VariableValues {
  const values = new Map<string, string | number>();
  for (const text of texts) {
    const [name, value] = parsePair(text, '--set-var');
    if (values.has(name)) {
      throw new AppError('E_ARGS', `The variable "${name}" is given twice.`, {
        next: 'Give it once.',
      });
    }
    const type = Object.hasOwn(variables, name) ? variables[name]!.type : 'string';
    values.set(name, type !== 'string' && NUMBER.test(value.trim()) ? Number(value) : value);
  }
  return Object.fromEntries(values);
}
