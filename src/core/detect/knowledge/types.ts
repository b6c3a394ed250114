import type { Parameter } from '../../../shared/domain/detection.ts';
import type { Expression } from '../python/ast.ts';
import { parsePython } from '../python/parse.ts';
import { externalBases } from '../reading/attributes.ts';
import type { Machine } from '../reading/machine.ts';
import { toJson, type Json } from '../reading/plain.ts';
import type { ClassValue, Scope, Value } from '../reading/values.ts';

/** What an annotation says of a parameter. */
export interface TypeInfo {
  type: Parameter['type'] | null;
  choices: Json[] | null;
  /** `None` is allowed. */
  optional: boolean;
  /** A class of the code that is no enumeration: its fields are parameters of their own. */
  fields: ClassValue | null;
  /** What stands behind the type in `Annotated[...]`. */
  notes: Value[];
}

const BY_NAME: Readonly<Record<string, Parameter['type']>> = {
  ...names('integer', 'int', 'PositiveInt', 'NonNegativeInt', 'INT', 'IntRange', 'int32', 'int64'),
  ...names('number', 'float', 'PositiveFloat', 'NonNegativeFloat', 'FLOAT', 'FloatRange'),
  ...names('string', 'str', 'SecretStr', 'STRING', 'AnyStr', 'UUID', 'datetime', 'date', 'HttpUrl'),
  ...names('boolean', 'bool', 'BOOL', 'StrictBool'),
  ...names('path', 'Path', 'PurePath', 'PosixPath', 'FilePath', 'DirectoryPath', 'NewPath'),
  ...names('list', 'list', 'List', 'tuple', 'Tuple', 'set', 'Set', 'Sequence', 'Iterable'),
  ...names('list', 'frozenset', 'ListConfig', 'Collection'),
  ...names('object', 'dict', 'Dict', 'Mapping', 'DictConfig', 'MutableMapping', 'OrderedDict'),
};

function names(type: Parameter['type'], ...all: string[]): Record<string, Parameter['type']> {
  return Object.fromEntries(all.map((name) => [name, type]));
}

/** Wrappers that say nothing of the value. */
const TRANSPARENT = new Set([
  'Final',
  'Required',
  'NotRequired',
  'InitVar',
  'Suppress',
  'Positional',
]);
const DEPTH = 12;

const nothing = (): TypeInfo => ({
  type: null,
  choices: null,
  optional: false,
  fields: null,
  notes: [],
});

/** Reads an annotation; what it does not know it leaves open. */
export function typeInfo(
  machine: Machine,
  annotation: Expression | null,
  scope: Scope,
  depth = 0,
): TypeInfo {
  if (!annotation || depth > DEPTH) return nothing();
  const inner = (each: Expression | null) => typeInfo(machine, each, scope, depth + 1);
  if (annotation.kind === 'constant') {
    if (typeof annotation.value === 'string') return inner(quotedType(annotation.value));
    return { ...nothing(), optional: annotation.value === null };
  }
  if (annotation.kind === 'binary' && annotation.operator === '|') {
    return union([inner(annotation.left), inner(annotation.right)]);
  }
  if (annotation.kind === 'subscript') {
    return generic(machine, annotation, scope, inner);
  }
  return typeOfClass(machine, machine.evaluate(annotation, scope));
}

const quotedType = (text: string): Expression | null => {
  const [statement] = parsePython(text)?.body ?? [];
  return statement?.kind === 'expression' ? statement.value : null;
};

/** The first type that is known, with what all of them allow. */
function union(all: readonly TypeInfo[]): TypeInfo {
  const known = all.find(({ type, fields }) => type !== null || fields !== null) ?? nothing();
  const lists = all.find(({ type }) => type === 'list');
  return { ...(lists ?? known), optional: all.some(({ optional }) => optional) };
}

function generic(
  machine: Machine,
  annotation: Expression & { kind: 'subscript' },
  scope: Scope,
  inner: (each: Expression | null) => TypeInfo,
): TypeInfo {
  const head = lastName(machine.evaluate(annotation.of, scope));
  const { index } = annotation;
  const parts = index.kind === 'sequence' && index.type === 'tuple' ? index.items : [index];
  if (head === 'Optional') return { ...inner(parts[0] ?? null), optional: true };
  if (head === 'Union') return union(parts.map(inner));
  if (head === 'Literal') return literal(machine, parts, scope);
  if (head === 'Annotated') {
    const notes = parts.slice(1).map((each) => machine.evaluate(each, scope));
    return { ...inner(parts[0] ?? null), notes };
  }
  if (TRANSPARENT.has(head)) return inner(parts[0] ?? null);
  return { ...nothing(), type: typeByName(head) };
}

function literal(machine: Machine, parts: readonly Expression[], scope: Scope): TypeInfo {
  const values = parts.map((each) => toJson(machine.evaluate(each, scope)));
  const choices = values.filter((each) => each !== undefined && each !== null);
  return {
    ...nothing(),
    type: choices.every((each) => typeof each === 'number') ? 'integer' : 'string',
    choices,
    optional: values.includes(null),
  };
}

const lastName = (value: Value): string =>
  value.kind === 'external' ? value.name.slice(value.name.lastIndexOf('.') + 1) : '';

const typeByName = (name: string): Parameter['type'] | null =>
  Object.hasOwn(BY_NAME, name) ? (BY_NAME[name] ?? null) : null;

/** The type that a class stands for: `int`, `Path`, an enumeration, a class with fields. */
export function typeOfClass(machine: Machine, value: Value): TypeInfo {
  if (value.kind === 'class') {
    const bases = externalBases(value).map((each) => each.slice(each.lastIndexOf('.') + 1));
    if (!bases.some((each) => /Enum$|^(?:Int|Str)?Flag$/.test(each))) {
      return { ...nothing(), fields: value };
    }
    const choices = enumValues(machine, value);
    const isNumber = choices.length > 0 && choices.every((each) => typeof each === 'number');
    return { ...nothing(), type: isNumber ? 'integer' : 'string', choices };
  }
  if (value.kind === 'constant' && value.value === null) return { ...nothing(), optional: true };
  return { ...nothing(), type: typeByName(lastName(value)) };
}

function enumValues(machine: Machine, value: ClassValue): Json[] {
  const members = value.statement.body.flatMap((statement) =>
    statement.kind === 'assign' && statement.targets[0]?.kind === 'name'
      ? [statement.targets[0].name]
      : [],
  );
  return members.flatMap((name) => {
    const json = toJson(machine.member(value, name) ?? undefined);
    return json === undefined || name.startsWith('_') ? [] : [json];
  });
}
