import { Document } from 'yaml';
import type { JsonValues } from '../../../shared/domain/json.ts';

/** Values as text for a person to edit; `readDocument` reads the same back. */
export function writeDocument(values: JsonValues, format: 'json' | 'yaml'): string {
  if (format === 'json') return `${JSON.stringify(values, null, 2)}\n`;
  return new Document(values, { aliasDuplicateObjects: false }).toString({ lineWidth: 100 });
}
