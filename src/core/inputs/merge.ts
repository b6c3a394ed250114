import type { Parameter } from '../../shared/domain/detection.ts';
import type { InputField } from '../../shared/domain/inputs.ts';
import { Fields } from './fields.ts';
import type { RunField } from './from-run.ts';
import { addParameters } from './merge-code.ts';
import { addRunFields, addSchemaFields } from './merge-said.ts';
import type { SchemaField } from './schema/schema-field.ts';

/** What is known of the inputs of a version, by where it is known from. */
export interface Known {
  /** The first of a name is the one that counts. */
  code: readonly Parameter[];
  schema: readonly SchemaField[];
  run: readonly RunField[];
}

/** The inputs of a version, each once: those of the schema first, in its order, then those of the code. */
export function mergeFields({ code, schema, run }: Known): InputField[] {
  const fields = new Fields();
  addParameters(fields, code);
  addRunFields(fields, run);
  addSchemaFields(fields, schema);
  dropGroups(fields);
  const isSaid = ({ origins }: InputField): boolean =>
    origins.some(({ kind }) => kind === 'schema');
  const said = schema.flatMap(({ path }) => fields.find(path) ?? []);
  return [...new Set([...said, ...fields.all.filter((field) => !isSaid(field))])];
}

/** `model`, of which the code told nothing but the name, is no input beside `model.width`. */
function dropGroups(fields: Fields): void {
  const groups = new Set(
    fields.all.flatMap(({ group }) => group.map((_, at) => group.slice(0, at + 1).join('.'))),
  );
  for (const field of fields.all) {
    const isOpen = field.type === 'unknown' || field.type === 'object';
    const isConfig = field.targets.every(({ kind }) => kind === 'config');
    if (groups.has(field.name) && isOpen && isConfig) fields.remove(field.name);
  }
}
