import type { InputField } from '../../shared/domain/inputs.ts';
import { isRecord } from '../../shared/is-record.ts';
import type { Json, JsonValues } from '../../shared/domain/json.ts';
import { wbShape } from '../../shared/domain/wb-type.ts';
import { faultsOf } from './check-value.ts';
import { plainField } from './plain-field.ts';

/** Inputs that are taken from one run, and how deep its types are followed. */
const MOST = 2000;
const DEPTH = 32;

/** Keys of the tracker itself. */
const OWN = /^_/;

const TYPES: Readonly<Record<string, InputField['type']>> = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  list: 'list',
  typedDict: 'object',
};

/** What a run told of one key of its config. */
export interface RunField {
  path: string[];
  field: InputField;
}

/**
 * The inputs of the run that a version was made from: the types of its config, as W&B describes them,
 * and what the run had there as defaults.
 */
export function fieldsOfRun(types: unknown, config: JsonValues | null): RunField[] {
  const fields: RunField[] = [];
  const gather = (type: unknown, path: string[], value: Json | undefined): void => {
    if (fields.length >= MOST) return;
    const { members } = wbShape(type);
    const entries = Object.entries(members ?? {}).filter(([name]) => !OWN.test(name));
    if (path.length > 0 && (entries.length === 0 || path.length >= DEPTH)) {
      fields.push({ path, field: leafField(type, path, value) });
      return;
    }
    for (const [name, member] of entries) gather(member, [...path, name], memberOf(value, name));
  };
  gather(types, [], config ?? undefined);
  return fields;
}

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;

function leafField(type: unknown, path: string[], value: Json | undefined): InputField {
  const chosen = withoutNone(type);
  const { element } = wbShape(chosen);
  const items =
    element === undefined ? null : { type: typeOf(withoutNone(element)), choices: null };
  const field: InputField = {
    ...plainField(path.join('.'), typeOf(chosen)),
    items: items?.type === 'unknown' ? null : items,
    targets: [{ kind: 'config', path }],
    group: path.slice(0, -1),
  };
  const fits = value !== undefined && faultsOf(field, value).length === 0;
  return fits ? { ...field, default: value, hasDefault: true } : field;
}

/** Something or nothing is that thing. */
function withoutNone(type: unknown): unknown {
  const { options } = wbShape(type);
  const others = options.filter((each) => wbShape(each).kind !== 'none');
  return others.length === 1 ? others[0] : type;
}

const typeOf = (type: unknown): InputField['type'] => {
  const { kind } = wbShape(type);
  return kind !== null && Object.hasOwn(TYPES, kind) ? TYPES[kind]! : 'unknown';
};
