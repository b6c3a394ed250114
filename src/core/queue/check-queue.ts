import { isDeepStrictEqual } from 'node:util';
import type { JsonValues } from '../../shared/domain/json.ts';
import {
  queueChoicesSchema,
  QUEUE_CONCURRENCY,
  QUEUE_NAME_LENGTH,
  type Queue,
  type QueueChoices,
} from '../../shared/domain/queue.ts';
import { ENGINE_KINDS } from '../../shared/domain/run.ts';
import { safeName } from '../../shared/domain/names.ts';
import { AppError } from '../../shared/errors.ts';
import { limitProblem } from '../inputs/check-values.ts';
import { refuseProblems } from '../launch/refuse-problems.ts';
import { nearNames } from '../near-names.ts';
import { checkResources, checkUsed } from './check-resources.ts';
import { checkVariables } from './check-variables.ts';

/**
 * What a person decides about a queue, as it is kept. `before`: what it was until now, of which nothing is refused
 * that stays as it is.
 * @throws AppError `E_NAME`, `E_ARGS`, `E_RESOURCES`, `E_PARAM_VALUE` and what flags are refused with
 */
export function checkQueue(
  choices: QueueChoices,
  before: QueueChoices | null = null,
): QueueChoices {
  const name = choices.name === before?.name ? choices.name : checkName(choices.name);
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
  if (before && hasSameResources(checked, before)) return checked;
  checkVariables(variables);
  checkResources(checked);
  checkUsed(checked, before);
  return checked;
}

export const hasSameResources = (a: QueueChoices, b: QueueChoices): boolean =>
  a.engine === b.engine &&
  isDeepStrictEqual(a.resourceArgs, b.resourceArgs) &&
  isDeepStrictEqual(a.variables, b.variables);

/** As those of jobs and projects, but never like an option. */
function checkName(given: string): string {
  const name = given.trim();
  const offer = usableName(name);
  if (name === offer) return name;
  throw new AppError('E_NAME', `"${name.slice(0, 100)}" cannot be the name of a queue.`, {
    next: `Use letters, digits, "_", "." and "-" (at most ${QUEUE_NAME_LENGTH}), and not a dash first. Did you mean: ${offer}`,
  });
}

function usableName(name: string): string {
  const safe = safeName(name).replace(/^-+/, '').slice(0, QUEUE_NAME_LENGTH);
  return /^\.*$/.test(safe) ? 'my-queue' : safe;
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
