import type { Json } from '../reading/plain.ts';
import { textOf, toJson } from '../reading/plain.ts';
import type { Handler, Knowledge, Machine } from '../reading/machine.ts';
import { constant, native } from '../reading/values.ts';
import { Call } from '../reading/values.ts';
import type { Native, Value } from '../reading/values.ts';
import { choicesOf, helpOf, numberOf } from './draft.ts';

/** What `field(...)`, `Field(...)` and the like say of a field. */
export class FieldValue implements Native {
  value: Value | null = null;
  choices: Json[] | null = null;
  help: string | null = null;
  minimum: number | null = null;
  maximum: number | null = null;
  alias: string | null = null;
  isInit = true;

  /** It is only known to the class it belongs to. */
  attribute(): null {
    return null;
  }
}

function fieldOf(machine: Machine, call: Call, position: Value | undefined): FieldValue {
  const field = new FieldValue();
  const metadata = call.named.get('metadata');
  const meta = (key: string): Value | undefined =>
    call.named.get(key) ??
    (metadata?.kind === 'dict' ? metadata.entries.get(key)?.value : undefined);
  const given = position ?? call.named.get('default');
  const factory = call.named.get('default_factory') ?? call.named.get('factory');
  const missing = given?.kind === 'external' && /ellipsis|MISSING$/i.test(given.name);
  if (given && !missing) field.value = given;
  else if (factory) field.value = produced(machine, factory, call);
  field.help = helpOf(meta('help') ?? meta('description'));
  field.choices = choicesOf(meta('choices'));
  field.minimum = numberOf(call.named.get('ge') ?? call.named.get('gt'));
  field.maximum = numberOf(call.named.get('le') ?? call.named.get('lt'));
  field.alias = textOf(call.named.get('validation_alias') ?? call.named.get('env')) ?? null;
  field.isInit = toJson(call.named.get('init')) !== false;
  return field;
}

const produced = (machine: Machine, factory: Value, call: Call): Value =>
  machine.invoke(factory, new Call(call.evidence));

/** `dataclasses.field(default=...)`: the default is given by name alone. */
const byName: Handler = (machine, call) => native(fieldOf(machine, call, undefined));

/** `pydantic.Field(...)`: the default comes first. */
const byPosition: Handler = (machine, call) => native(fieldOf(machine, call, call.positional[0]));

/** `simple_parsing.choice("a", "b", default="a")`. */
const choice: Handler = (machine, call) => {
  const field = fieldOf(machine, call, undefined);
  const [first] = call.positional;
  const choices: Value = { kind: 'list', items: call.positional, tuple: false };
  field.choices = first?.kind === 'dict' ? choicesOf(first) : choicesOf(choices);
  return native(field);
};

/** `simple_parsing.list_field(1, 2)`. */
const listField: Handler = (machine, call) => {
  const field = fieldOf(machine, call, undefined);
  field.value ??= { kind: 'list', items: call.positional, tuple: false };
  return native(field);
};

/** `mutable_field(Class, a=1)`. */
const mutable: Handler = (machine, call) => {
  const field = new FieldValue();
  const [of] = call.positional;
  const inner = new Call(call.evidence);
  for (const [key, value] of call.named) inner.named.set(key, value);
  field.value = of ? machine.invoke(of, inner) : constant(null);
  return native(field);
};

export const FIELDS: Knowledge = {
  functions: {
    'dataclasses.field': byName,
    'attr.ib': byName,
    'attr.field': byName,
    'attrs.field': byName,
    'pydantic.Field': byPosition,
    'pydantic.fields.Field': byPosition,
    'simple_parsing.field': byPosition,
    'simple_parsing.choice': choice,
    'simple_parsing.helpers.choice': choice,
    'simple_parsing.list_field': listField,
    'simple_parsing.helpers.list_field': listField,
    'simple_parsing.mutable_field': mutable,
    'simple_parsing.helpers.mutable_field': mutable,
  },
};
