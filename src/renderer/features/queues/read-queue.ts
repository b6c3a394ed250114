import {
  QUEUE_CONCURRENCY,
  QUEUE_NAME_LENGTH,
  type QueueChoices,
  type QueueVariable,
} from '../../../shared/domain/queue.ts';
import { RESOURCE_VARIABLE } from '../../../shared/resource-template.ts';
import { readMemory } from '../../../shared/units.ts';
import { formatCount } from '../../lib/format.ts';
import { argText, namesIn, readArgs, type QueueDraft, type VariableDraft } from './queue-draft.ts';

/** What is wrong with a draft, by the name of the field. */
type QueueProblems = Readonly<Record<string, string>>;

type ReadQueue = { choices: QueueChoices } | { problems: QueueProblems };

/** What can be typed as a limit. */
export const LIMIT_WORDS = `A whole number from 1 to ${formatCount(QUEUE_CONCURRENCY)}.`;

/** The least memory that a run can be given, bytes: what Docker takes. */
const LEAST_MEMORY = 6 * 2 ** 20;
const MOST_CPUS = 1e6;

/** A limit as it was typed: null for none, undefined for what is no limit. */
export function readLimit(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const limit = Number(text);
  return Number.isInteger(limit) && limit >= 1 && limit <= QUEUE_CONCURRENCY ? limit : undefined;
}

function nameProblem(name: string): string | null {
  if (name === '') return 'Give the queue a name.';
  if (name.length > QUEUE_NAME_LENGTH)
    return `At most ${QUEUE_NAME_LENGTH} characters: these are ${formatCount(name.length)}.`;
  return /^(?!-|\.+$)[\w.-]+$/.test(name)
    ? null
    : 'Letters, digits, “_”, “.” and “-”, and not a dash first.';
}

/** What each of the resources with a field of its own can be. */
const FLAG_RULES: Readonly<Record<string, { fits: (text: string) => boolean; words: string }>> = {
  cpus: {
    fits: (text) => Number(text) > 0 && Number(text) <= MOST_CPUS,
    words: 'A number above 0, such as 2 or 0.5.',
  },
  memory: {
    fits: (text) => (readMemory(text) ?? 0) >= LEAST_MEMORY,
    words: 'A size from 6m, such as 512m or 4g.',
  },
  gpus: {
    fits: (text) => text === 'all' || /^[1-9]\d*$/.test(text),
    words: '“all”, or a whole number from 1.',
  },
};

/** Of the resources with a field of their own; one with a variable in it is known at the launch. */
function flagProblems(args: string): [string, string][] {
  return Object.entries(FLAG_RULES).flatMap(([flag, { fits, words }]) => {
    const text = argText(args, flag);
    const isOpen = text.search(RESOURCE_VARIABLE) >= 0;
    return text === '' || isOpen || fits(text) ? [] : [[flag, words] satisfies [string, string]];
  });
}

function readVariable(draft: VariableDraft): QueueVariable | string {
  const { type, description, choices, minimum, maximum } = draft;
  const words = choices.split(',').flatMap((word) => word.trim() || []);
  const number = (text: string): number | undefined => (text.trim() ? Number(text) : undefined);
  const [least, most] = [number(minimum), number(maximum)];
  if (Number.isNaN(least) || Number.isNaN(most)) return 'its limits are no numbers';
  const own = draft.default.trim();
  const value = type === 'string' ? own : Number(own);
  if (own && type !== 'string' && Number.isNaN(value))
    return 'what it is without a choice is no number';
  return {
    type,
    ...(description.trim() && { description: description.trim() }),
    ...(type === 'string' && words.length > 0 && { enum: words }),
    ...(type !== 'string' && least !== undefined && { minimum: least }),
    ...(type !== 'string' && most !== undefined && { maximum: most }),
    ...(own && { default: value }),
  };
}

/** The variables of a draft, or the first thing that is wrong with them. */
function readVariables({
  variables: drafts,
  args,
}: QueueDraft): QueueChoices['variables'] | string {
  const variables: Record<string, QueueVariable> = {};
  for (const each of drafts) {
    const name = each.name.trim();
    if (!/^\w+$/.test(name)) return 'A variable has a name of letters and digits.';
    if (Object.hasOwn(variables, name)) return `${name} is there twice.`;
    const read = readVariable(each);
    if (typeof read === 'string') return `${name}: ${read}.`;
    variables[name] = read;
  }
  const unknown = namesIn(args).find((name) => !Object.hasOwn(variables, name));
  return unknown ? `{{${unknown}}} is no variable of this queue.` : variables;
}

/** What a draft comes to, or all that is wrong with it. `before`: the name that it has already. */
export function readQueue(draft: QueueDraft, before?: string): ReadQueue {
  const name = draft.name.trim();
  const resourceArgs = readArgs(draft.args);
  const concurrency = readLimit(draft.concurrency);
  const variables = readVariables(draft);
  const wrongName = name === before ? null : nameProblem(name);
  const problems = {
    ...(wrongName !== null && { name: wrongName }),
    ...(concurrency === undefined && { concurrency: `${LIMIT_WORDS} Empty for no limit.` }),
    ...(!resourceArgs && { args: 'This is no JSON object: {"memory": "4g"}.' }),
    ...Object.fromEntries(flagProblems(draft.args)),
    ...(typeof variables === 'string' && { variables }),
  };
  if (concurrency === undefined || !resourceArgs || typeof variables === 'string')
    return { problems };
  if (Object.keys(problems).length > 0) return { problems };
  const engine = draft.engine === 'auto' ? null : draft.engine;
  return { choices: { name, engine, concurrency, resourceArgs, variables } };
}
