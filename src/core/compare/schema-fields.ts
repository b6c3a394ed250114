import type { InputField } from '../../shared/domain/inputs.ts';
import type { JsonValues } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';
import { readSchema } from '../inputs/schema/read-schema.ts';

/** What an attached schema says of each input, in a line; what cannot be read is one entry. */
export function schemaFields(schema: JsonValues | null): Record<string, string> {
  if (schema === null) return {};
  try {
    const { fields } = readSchema(schema);
    return Object.fromEntries(fields.map(({ field }) => [`schema of ${field.name}`, words(field)]));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { schema: error.message };
  }
}

const SHOWN = ['title', 'choices', 'minimum', 'maximum', 'exclusiveMinimum'] as const;
const MORE = [
  'exclusiveMaximum',
  'step',
  'minItems',
  'maxItems',
  'items',
  'format',
  'help',
] as const;

function words(field: InputField): string {
  const said = [...SHOWN, ...MORE]
    .filter((word) => field[word] !== null)
    .map((word) => `${word} ${JSON.stringify(field[word])}`);
  const required = field.required ? ['required'] : [];
  const usual = field.hasDefault ? [`default ${JSON.stringify(field.default)}`] : [];
  return [field.type, ...required, ...usual, ...said].join(', ');
}
