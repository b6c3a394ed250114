import type { Evidence, Parameter, ParameterTarget } from '../../../shared/domain/detection.ts';
import { draft } from '../knowledge/draft.ts';
import type { Draft } from '../reading/machine.ts';
import { fromJson } from '../reading/plain.ts';
import { constant } from '../reading/values.ts';
import type { Leaf } from './flatten.ts';

/** `${data.root}` is worked out from other values. */
const REFERENCE = /^\s*\$\{/;

/** A value of a config file as a parameter. `???` has to be given. */
export function leafDraft(
  leaf: Leaf,
  name: string,
  target: ParameterTarget,
  via: string,
  file: string,
  confidence: number,
): Draft {
  const missing = leaf.value === '???';
  const evidence: Evidence = { file, line: leaf.line };
  const isReference = typeof leaf.value === 'string' && REFERENCE.test(leaf.value);
  const value =
    typeof leaf.value === 'number' ? constant(leaf.value, leaf.float) : fromJson(leaf.value);
  return draft(
    { name, target, via, evidence },
    {
      type: typeOf(leaf),
      value: missing ? null : value,
      required: missing,
      help: leaf.help,
      confidence: isReference ? confidence / 2 : confidence,
    },
  );
}

function typeOf({ value, float }: Leaf): Parameter['type'] | null {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return float || !Number.isInteger(value) ? 'number' : 'integer';
  if (value === '???' || value === null) return 'unknown';
  return null;
}
