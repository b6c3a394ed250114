import type { Json, JsonValues } from '../../shared/domain/json.ts';
import { queueVariableSchema, type QueueVariable } from '../../shared/domain/queue.ts';
import { AppError } from '../../shared/errors.ts';
import { isRecord } from '../../shared/is-record.ts';

const TYPES = queueVariableSchema.shape.type.options;
const KEYS = Object.keys(queueVariableSchema.shape);

/**
 * What `--variables` says: a JSON schema for each variable, also as W&B Launch has it, with the schema as
 * `schema` beside the description. What a schema means together (limits and default) is checked by the core.
 * @throws AppError `E_PARAM_VALUE` naming the variable
 */
export const readVariables = (values: JsonValues): Record<string, QueueVariable> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, variable(name, value)]));

function variable(name: string, value: Json): QueueVariable {
  if (!isRecord(value)) throw wrong(name, 'takes a JSON schema', EXAMPLE);
  const { schema, ...beside } = value;
  const parsed = queueVariableSchema.safeParse(isRecord(schema) ? { ...schema, ...beside } : value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw wrong(name, `has no use for "${issue.keys[0]}"`, `There are: ${KEYS.join(', ')}.`);
  }
  const key = issue?.path.join('.') ?? 'type';
  if (key !== 'type') throw wrong(name, `has a "${key}" of the wrong type`, EXAMPLE);
  throw wrong(name, 'is of no known type', `Give one of: ${TYPES.join(', ')}.`);
}

const EXAMPLE =
  'Write it as {"memory": {"type": "string", "enum": ["4g", "8g"], "default": "4g"}}.';

const wrong = (name: string, text: string, next: string): AppError =>
  new AppError('E_PARAM_VALUE', `The variable "${name}" ${text}.`, { next });
