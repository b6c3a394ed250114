import { jsonValuesSchema, type Json, type JsonValues } from '../../../shared/domain/json.ts';
import {
  QUEUE_CONCURRENCY,
  type QueueChoices,
  type QueueVariable,
} from '../../../shared/domain/queue.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import { isRecord } from '../../../shared/is-record.ts';
import { LOCAL_RESOURCES, variablesIn } from '../../../shared/resource-template.ts';

/** A variable of a queue as it was typed. */
export interface VariableDraft {
  /** Of the row, for as long as the form is open. */
  key: number;
  name: string;
  type: QueueVariable['type'];
  description: string;
  /** Texts with commas between them. */
  choices: string;
  minimum: string;
  maximum: string;
  default: string;
}

/** A queue as it was typed. */
export interface QueueDraft {
  name: string;
  engine: EngineKind | 'auto';
  /** Empty for no limit. */
  concurrency: string;
  /** The resources as JSON; the plain fields read and write it. */
  args: string;
  variables: readonly VariableDraft[];
}

export const NEW_QUEUE: QueueDraft = {
  ...{ name: '', engine: 'auto', concurrency: '1', args: '{}', variables: [] },
};

const pretty = (args: JsonValues): string => JSON.stringify(args, null, 2);

/** The resources that a text is; null for one that is no JSON object. */
export function readArgs(text: string): JsonValues | null {
  try {
    const read = jsonValuesSchema.safeParse(JSON.parse(text.trim() || '{}'));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** The set of resources that the flags are nested in, as in W&B Launch; undefined where they are not. */
const nestOf = (args: JsonValues): string | undefined =>
  LOCAL_RESOURCES.find((name) => isRecord(args[name]));

function flagsOf(args: JsonValues): JsonValues {
  const nest = nestOf(args);
  return nest === undefined ? args : (args[nest] as JsonValues);
}

/** What a resource is set to, as it is typed; empty for nothing. */
export function argText(text: string, flag: string): string {
  const value = flagsOf(readArgs(text) ?? {})[flag];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const isNumber = (text: string): boolean => /^\d+(\.\d+)?$/.test(text);

/** The resources with one of them set, or with nothing typed left away. */
export function withArg(text: string, flag: string, typed: string): string {
  const args = readArgs(text);
  if (!args) return text;
  const { [flag]: _before, ...others } = flagsOf(args);
  const value: Json = isNumber(typed) ? Number(typed) : typed;
  const flags = typed.trim() === '' ? others : { ...flagsOf(args), [flag]: value };
  const nest = nestOf(args);
  return pretty(nest === undefined ? flags : { ...args, [nest]: flags });
}

/** The variables that the resources name, in order; none while they are no JSON. */
export const namesIn = (text: string): string[] => variablesIn(readArgs(text) ?? {});

let lastKey = 0;

export const newVariable = (name = ''): VariableDraft => ({
  key: ++lastKey,
  name,
  ...{ type: 'string', description: '', choices: '', minimum: '', maximum: '', default: '' },
});

export const draftOf = (queue: QueueChoices): QueueDraft => ({
  name: queue.name,
  engine: queue.engine ?? 'auto',
  concurrency: queue.concurrency === null ? '' : String(queue.concurrency),
  args: pretty(queue.resourceArgs),
  variables: Object.entries(queue.variables).map(([name, variable]) => ({
    ...newVariable(name),
    type: variable.type,
    description: variable.description ?? '',
    choices: variable.enum?.join(', ') ?? '',
    minimum: variable.minimum?.toString() ?? '',
    maximum: variable.maximum?.toString() ?? '',
    default: variable.default?.toString() ?? '',
  })),
});

export type ReadQueue = { choices: QueueChoices } | { place: string; problem: string };

const wrong = (place: string, problem: string) => ({ place, problem });

/** A limit as it was typed: null for none, undefined for what is no limit. */
export function readLimit(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const limit = Number(text);
  return Number.isInteger(limit) && limit >= 1 && limit <= QUEUE_CONCURRENCY ? limit : undefined;
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

/** What a draft comes to, or the first thing that is wrong with it. */
export function readQueue(draft: QueueDraft): ReadQueue {
  const resourceArgs = readArgs(draft.args);
  const concurrency = readLimit(draft.concurrency);
  if (!draft.name.trim()) return wrong('name', 'Give the queue a name.');
  if (concurrency === undefined) {
    return wrong('concurrency', 'Write a whole number from 1, or leave it empty for no limit.');
  }
  if (!resourceArgs) return wrong('args', 'This is no JSON object: {"memory": "4g"}.');
  const variables: Record<string, QueueVariable> = {};
  for (const each of draft.variables) {
    const name = each.name.trim();
    if (!/^\w+$/.test(name))
      return wrong('variables', 'A variable has a name of letters and digits.');
    if (Object.hasOwn(variables, name)) return wrong('variables', `${name} is there twice.`);
    const read = readVariable(each);
    if (typeof read === 'string') return wrong('variables', `${name}: ${read}.`);
    variables[name] = read;
  }
  const unknown = namesIn(draft.args).find((name) => !Object.hasOwn(variables, name));
  if (unknown) return wrong('variables', `{{${unknown}}} is no variable of this queue.`);
  const engine = draft.engine === 'auto' ? null : draft.engine;
  return { choices: { name: draft.name.trim(), engine, concurrency, resourceArgs, variables } };
}
