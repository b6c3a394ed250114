import { isRecord } from '../../../shared/is-record.ts';

export interface TypeNode {
  /** Null for the root. */
  name: string | null;
  words: string;
  children: TypeNode[];
}

type Json = Record<string, unknown>;

const paramsOf = (type: Json): Json => (isRecord(type['params']) ? type['params'] : {});

function unionWords(allowed: unknown): string {
  const words = (Array.isArray(allowed) ? allowed : []).map(typeWords);
  const [first] = words.filter((word) => word !== 'none');
  if (words.length === 2 && words.includes('none') && first) return `${first}, or none`;
  return words.join(' or ') || 'unknown';
}

/** A type as wandb describes it (`wb_type`), in words: "list of number", "string, or none". */
export function typeWords(type: unknown): string {
  if (!isRecord(type)) return 'unknown';
  const params = paramsOf(type);
  const kind = typeof type['wb_type'] === 'string' ? type['wb_type'] : 'unknown';
  if (kind === 'union') return unionWords(params['allowed_types']);
  if (kind === 'list') {
    const length = typeof params['length'] === 'number' ? `, ${params['length']} long` : '';
    return `list of ${typeWords(params['element_type'])}${length}`;
  }
  return kind === 'typedDict' ? 'object' : kind;
}

/** The names and types in an object's type; keys of the tracker itself (`_step`) are left out. */
export function typeTree(type: unknown, name: string | null = null): TypeNode {
  const map = isRecord(type) ? paramsOf(type)['type_map'] : null;
  const entries = isRecord(map) ? Object.entries(map) : [];
  return {
    name,
    words: typeWords(type),
    children: entries
      .filter(([key]) => !key.startsWith('_'))
      .map(([key, child]) => typeTree(child, key)),
  };
}
