import type { InputField, InputOrigin } from '../../shared/domain/inputs.ts';
import { joined, type Fields } from './fields.ts';
import type { RunField } from './from-run.ts';
import type { SchemaField } from './schema/schema-field.ts';

const RUN: InputOrigin = {
  kind: 'run',
  text: 'config of the run it was made from',
  evidence: null,
};
const SCHEMA: InputOrigin = { kind: 'schema', text: 'attached schema', evidence: null };

/** Adds what the run that the version was made from had in its config; what the code says of it stays. */
export function addRunFields(fields: Fields, found: readonly RunField[]): void {
  for (const { path, field } of found) {
    const known = fields.find(path);
    const told = { ...field, origins: [RUN] };
    if (!known) fields.put(told);
    else if (known.targets.length > 0) fields.put(withRun(known, told));
  }
}

function withRun(known: InputField, run: InputField): InputField {
  const type = known.type === 'unknown' ? run.type : known.type;
  const takesDefault = !known.hasDefault && run.hasDefault && !known.secret && type === run.type;
  return {
    ...known,
    type,
    items: known.items ?? (type === 'list' ? run.items : null),
    origins: joined(known, run).origins,
    ...(takesDefault && { default: run.default, hasDefault: true, required: false }),
  };
}

/**
 * Adds what an attached schema says: it wins in what an input is (title, help, type, limits, choices,
 * default), the code in where it goes. What only the schema knows goes to `wandb.config`, a secret into
 * a variable.
 */
export function addSchemaFields(fields: Fields, found: readonly SchemaField[]): void {
  for (const { path, field } of found) {
    const known = fields.find(path);
    const told = { ...field, origins: [SCHEMA] };
    fields.put(
      known ? withSchema(known, told, path) : { ...told, targets: [targetOf(field, path)] },
    );
  }
}

function targetOf(field: InputField, path: string[]): InputField['targets'][number] {
  return field.secret ? secretTarget(field) : { kind: 'config', path };
}

const secretTarget = ({ name }: InputField): InputField['targets'][number] => ({
  kind: 'secret',
  variable: name
    .replace(/\W/g, '_')
    .replace(/^(?=\d)/, '_')
    .toUpperCase(),
});

function withSchema(known: InputField, schema: InputField, path: string[]): InputField {
  const secret = schema.secret || known.secret;
  const { targets, origins } = joined(known, schema);
  return {
    ...schema,
    ...{ name: known.name, group: known.group, command: known.command, origins, secret },
    type: schema.type === 'unknown' ? known.type : schema.type,
    items: schema.items ?? known.items,
    help: schema.help ?? known.help,
    choices: schema.choices ?? (schema.type === known.type ? known.choices : null),
    minimum: schema.minimum ?? known.minimum,
    maximum: schema.maximum ?? known.maximum,
    ...(!schema.hasDefault && !secret && { default: known.default, hasDefault: known.hasDefault }),
    required: (schema.required || known.required) && !known.hasDefault && !schema.hasDefault,
    targets: targetsOf(known, targets, secret ? secretTarget(known) : { kind: 'config', path }),
  };
}

/** A secret goes nowhere where it could be read; what cannot be set from outside is set by config. */
function targetsOf(
  known: InputField,
  targets: InputField['targets'],
  own: InputField['targets'][number],
): InputField['targets'] {
  if (own.kind !== 'secret') return targets.length > 0 ? targets : [own];
  if (known.secret) return targets;
  const variables = targets.flatMap((target) =>
    target.kind === 'environment' ? [{ kind: 'secret' as const, variable: target.variable }] : [],
  );
  return variables.length > 0 ? variables : [own];
}
