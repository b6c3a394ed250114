import { parse, TomlError } from 'smol-toml';
import type { JsonValues } from '../../../shared/domain/json.ts';
import { DocumentFault } from './fault.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { toValues } from './to-values.ts';

/** Reads TOML 1.0; dates become their texts. @throws DocumentFault */
export function readToml(text: string, limits = DOCUMENT_LIMITS): JsonValues {
  return toValues(tablesOf(text), limits);
}

function tablesOf(text: string): unknown {
  try {
    return parse(text, { maxDepth: DOCUMENT_LIMITS.depth * 2, integersAsBigInt: true });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column } = error;
    const [said = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    const code = /too deep|nest/i.test(said) ? 'E_JSON_LIMIT' : 'E_JSON';
    const told = `${said.replace(/\.$/, '')}.`;
    throw new DocumentFault(code, { place: { line, column }, text: told, next: null });
  }
}
