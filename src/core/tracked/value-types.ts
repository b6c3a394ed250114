import { isRecord } from '../../shared/is-record.ts';
import type { TrackedValue, TrackedValues } from './tracked-run.ts';

/** W&B's description of a value's type (wandb's `core/internal/data_types`), as jobs hold it. */
export type WbType =
  | { wb_type: 'number' | 'string' | 'boolean' | 'none' | 'unknown' }
  | { wb_type: 'list'; params: { element_type: WbType; length: number } }
  | { wb_type: 'typedDict'; params: { type_map: Record<string, WbType> } }
  | { wb_type: 'union'; params: { allowed_types: WbType[] } };

/** Different types in one list that are told apart. */
const UNION_LIMIT = 50;

/** The inputs of a job made from a run: the types of its config. */
export const inputTypes = (config: TrackedValues): WbType => typeOfValues(config);

/** The outputs of a job made from a run: the types of its summary, `_step` and its like included. */
export const outputTypes = (summary: TrackedValues): WbType => typeOfValues(summary);

/** `_wandb` is the SDK's own. Names are in order, so that equal shapes make equal descriptions. */
function typeOfValues(values: TrackedValues): WbType {
  const entries = Object.entries(values).filter(([name]) => name !== '_wandb');
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const types = Object.create(null) as Record<string, WbType>;
  for (const [name, value] of entries) types[name] = typeOf(value);
  return { wb_type: 'typedDict', params: { type_map: types } };
}

function typeOf(value: TrackedValue): WbType {
  if (value === null) return { wb_type: 'none' };
  if (Array.isArray(value)) return typeOfList(value);
  if (isRecord(value)) return typeOfValues(value);
  return { wb_type: typeof value as 'number' | 'string' | 'boolean' };
}

function typeOfList(list: TrackedValue[]): WbType {
  const types = new Map<string, WbType>();
  for (const element of list) {
    if (types.size >= UNION_LIMIT) break;
    const type = typeOf(element);
    types.set(JSON.stringify(type), type);
  }
  const [first = { wb_type: 'unknown' } as const, ...others] = types.values();
  const element: WbType =
    others.length === 0
      ? first
      : { wb_type: 'union', params: { allowed_types: [first, ...others] } };
  return { wb_type: 'list', params: { element_type: element, length: list.length } };
}
