import type { Evidence, Parameter } from '../../../shared/domain/detection.ts';
import type { Statement } from '../python/ast.ts';
import type { Machine } from '../reading/machine.ts';
import type { Json } from '../reading/plain.ts';
import { Scope } from '../reading/values.ts';
import type { ClassValue, FunctionValue, InstanceValue, Value } from '../reading/values.ts';
import { FieldValue } from './field-value.ts';
import { typeInfo, type TypeInfo } from './types.ts';

/** A field of a class or a parameter of a function, the inner ones of nested classes by their path. */
export interface Field {
  path: string[];
  type: Parameter['type'] | null;
  choices: Json[] | null;
  optional: boolean;
  /** Null when it has no default. */
  value: Value | null;
  help: string | null;
  minimum: number | null;
  maximum: number | null;
  alias: string | null;
  notes: Value[];
  evidence: Evidence;
}

const DEPTH = 6;
const LIMIT = 500;

/** The fields of a class of the code, or of an instance with what it was made with. */
export function classFields(machine: Machine, of: Value, path: string[] = []): Field[] {
  const value = of.kind === 'instance' ? of.of : of;
  if (value.kind !== 'class' || path.length > DEPTH) return [];
  const made = of.kind === 'instance' ? of : null;
  const inherited = value.bases.flatMap((base) =>
    base.kind === 'class' && base !== value ? classFields(machine, base, path) : [],
  );
  const own = value.statement.body.flatMap((statement, index, body) =>
    ownField(machine, value, made, statement, body[index + 1], path),
  );
  const names = new Set(own.map(({ path: each }) => each.join('.')));
  const kept = inherited.filter((field) => !names.has(field.path.join('.')));
  return [...kept, ...own].slice(0, LIMIT);
}

function ownField(
  machine: Machine,
  of: ClassValue,
  made: InstanceValue | null,
  statement: Statement,
  next: Statement | undefined,
  path: string[],
): Field[] {
  if (statement.kind !== 'assign' || !statement.annotation) return [];
  const target = statement.targets[0];
  if (target?.kind !== 'name' || target.name.startsWith('_')) return [];
  const { annotation } = statement;
  const text = annotation.kind === 'subscript' ? annotation.of : annotation;
  if (text.kind === 'name' && text.name === 'ClassVar') return [];
  const scope = new Scope(of.scope);
  const info = typeInfo(machine, annotation, scope);
  const stated = statement.value ? machine.member(of, target.name) : null;
  const inner = [...path, target.name];
  const field = fieldFrom(info, stated, inner, { file: of.module.path, line: statement.line });
  if (!field) return [];
  field.value = made?.fields.get(target.name) ?? field.value;
  field.help ??= docstring(next) ?? comment(of, statement.line);
  return nested(machine, info, field);
}

function fieldFrom(
  info: TypeInfo,
  stated: Value | null,
  path: string[],
  evidence: Evidence,
): Field | null {
  const said = fieldValue(stated) ?? info.notes.map(fieldValue).find((each) => each !== null);
  if (said && !said.isInit) return null;
  const isField = stated?.kind === 'native' && stated.native instanceof FieldValue;
  const value = isField ? (said?.value ?? null) : stated;
  const missing = value?.kind === 'external' && value.name.endsWith('.MISSING');
  return {
    path,
    type: info.type,
    choices: said?.choices ?? info.choices,
    optional: info.optional,
    value: missing ? null : value,
    help: said?.help ?? null,
    minimum: said?.minimum ?? null,
    maximum: said?.maximum ?? null,
    alias: said?.alias ?? null,
    notes: info.notes,
    evidence,
  };
}

const fieldValue = (value: Value | null | undefined): FieldValue | null =>
  value?.kind === 'native' && value.native instanceof FieldValue ? value.native : null;

/** A field whose type is a class of the code has the fields of that class in its place. */
function nested(machine: Machine, info: TypeInfo, field: Field): Field[] {
  const inside = field.value?.kind === 'instance' ? field.value : info.fields;
  if (!inside) return [field];
  const inner = classFields(machine, inside, field.path);
  return inner.length > 0 ? inner : [field];
}

function docstring(statement: Statement | undefined): string | null {
  if (statement?.kind !== 'expression' || statement.value.kind !== 'constant') return null;
  return typeof statement.value.value === 'string' ? sentence(statement.value.value) : null;
}

function comment(of: ClassValue, line: number): string | null {
  const [, text] = /^[^'"#]*#\s*(.+)$/.exec(of.module.source.line(line)) ?? [];
  return text === undefined ? null : sentence(text);
}

const sentence = (text: string): string | null => text.replace(/\s+/g, ' ').trim() || null;

/** The parameters of a function; none for `self`, `*args` and `**kwargs`. */
export function functionFields(machine: Machine, of: FunctionValue): Field[] {
  return of.statement.parameters.flatMap((parameter, index): Field[] => {
    const isSelf = index === 0 && /^(?:self|cls)$/.test(parameter.name);
    if (parameter.kind === '*' || parameter.kind === '**' || isSelf) return [];
    const info = typeInfo(machine, parameter.annotation, of.scope);
    const stated = parameter.value ? machine.evaluate(parameter.value, of.scope) : null;
    const evidence = { file: of.module.path, line: parameter.line };
    const field = fieldFrom(info, stated, [parameter.name], evidence);
    return field ? nested(machine, info, field) : [];
  });
}
