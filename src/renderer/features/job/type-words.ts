import { wbShape } from '../../../shared/domain/wb-type.ts';

export interface TypeNode {
  /** Null for the root. */
  name: string | null;
  words: string;
  children: TypeNode[];
}

function unionWords(options: readonly unknown[]): string {
  const words = options.map(typeWords);
  const [first] = words.filter((word) => word !== 'none');
  if (words.length === 2 && words.includes('none') && first) return `${first}, or none`;
  return words.join(' or ') || 'unknown';
}

/** A type as wandb describes it (`wb_type`), in words: "list of number", "string, or none". */
export function typeWords(type: unknown): string {
  const { kind, element, length, options } = wbShape(type);
  if (kind === 'union') return unionWords(options);
  if (kind === 'list')
    return `list of ${typeWords(element)}${length === null ? '' : `, ${length} long`}`;
  return kind === 'typedDict' ? 'object' : (kind ?? 'unknown');
}

/** The names and types in an object's type; keys of the tracker itself (`_step`) are left out. */
export function typeTree(type: unknown, name: string | null = null): TypeNode {
  return {
    name,
    words: typeWords(type),
    children: Object.entries(wbShape(type).members ?? {})
      .filter(([key]) => !key.startsWith('_'))
      .map(([key, child]) => typeTree(child, key)),
  };
}
