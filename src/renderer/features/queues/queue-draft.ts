import { jsonValuesSchema, type Json, type JsonValues } from '../../../shared/domain/json.ts';
import type { QueueChoices, QueueVariable } from '../../../shared/domain/queue.ts';
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
