import type { JsonValues } from '../../shared/domain/json.ts';
import {
  queueChoicesSchema,
  QUEUE_CONCURRENCY,
  QUEUE_NAME_LENGTH,
  type Queue,
  type QueueChoices,
} from '../../shared/domain/queue.ts';
import { ENGINE_KINDS } from '../../shared/domain/run.ts';
import { AppError } from '../../shared/errors.ts';
import { limitProblem } from '../inputs/check-values.ts';
import { refuseProblems } from '../launch/refuse-problems.ts';
import { nearNames } from '../near-names.ts';
import { checkResources } from './check-resources.ts';
import { checkVariables } from './check-variables.ts';

const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;
const VISIBLE = /[^\p{C}\p{Z}]/u;

/**
 * What a person decides about a queue, as it is kept.
 * @throws AppError `E_NAME`, `E_ARGS`, `E_RESOURCES`, `E_PARAM_VALUE` and what flags are refused with
 */
export function checkQueue(choices: QueueChoices): QueueChoices {
  const name = checkName(choices.name);
  checkPlain(choices);
  const checked = { ...choices, name };
  const wrong = queueChoicesSchema.safeParse(checked).error?.issues[0];
  if (wrong) throw notAQueue(wrong.path.join('.'), wrong.message);
  const { resourceArgs, variables } = checked;
  const beyond = limitProblem({
    values: resourceArgs,
    config: variables as object as JsonValues,
    files: {},
  });
  refuseProblems(beyond ? [beyond] : []);
  checkVariables(variables);
  checkResources(checked);
  return checked;
}

/** Letters that look the same are the same: accents are joined to their letters (NFC). */
function checkName(given: string): string {
  const name = given.toWellFormed().normalize('NFC').trim();
  const refuse = (next: string): AppError =>
    new AppError('E_NAME', `"${name.slice(0, 100)}" cannot be the name of a queue.`, { next });
  if (HIDDEN.test(name)) throw refuse('Leave out the characters that cannot be seen.');
  if (!VISIBLE.test(name)) throw refuse('Write at least one character to be seen.');
  if (name.startsWith('-')) throw refuse('Begin it with something else than a dash.');
  if (name.length > QUEUE_NAME_LENGTH) throw refuse(`Use at most ${QUEUE_NAME_LENGTH} characters.`);
  return name;
}

/** What a person gets wrong, before the schema says it in words of its own. */
function checkPlain({ concurrency, engine }: QueueChoices): void {
  if (engine !== null && !ENGINE_KINDS.includes(engine)) {
    throw new AppError('E_ARGS', `There is no engine "${engine as string}".`, {
      next: `Give one of: ${ENGINE_KINDS.join(', ')}.`,
    });
  }
  if (concurrency === null) return;
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= QUEUE_CONCURRENCY) return;
  throw new AppError('E_ARGS', `A queue cannot run ${concurrency} at a time.`, {
    next: `Give a whole number from 1 to ${QUEUE_CONCURRENCY}, or none for no limit.`,
  });
}

const notAQueue = (path: string, text: string): AppError =>
  new AppError('E_ARGS', `What is said about the queue cannot be used: ${path}: ${text}`, {
    next: 'A variable has a type (string, integer or number), and may have a description, a default, an enum, a minimum and a maximum.',
  });

/** @throws AppError `E_NAME` when another queue has it, in whatever case */
export function freeName(name: string, others: readonly Queue[]): void {
  const other = others.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!other) return;
  throw new AppError('E_NAME', `There is a queue "${other.name}" already.`, {
    next: 'Choose another name.',
  });
}

/** What is said when there is no queue by a name, offering near ones. */
export function noQueue(asked: string, queues: readonly Queue[]): AppError {
  const shown = asked.slice(0, 100);
  const near = nearNames(
    shown,
    queues.map(({ name }) => name),
  );
  const meant = near.map((name) => `"${name}"`).join(', ');
  return new AppError('E_NOT_FOUND', `There is no queue "${shown}".`, {
    next: near.length > 0 ? `Did you mean ${meant}?` : 'See `slipway queue list`.',
  });
}
