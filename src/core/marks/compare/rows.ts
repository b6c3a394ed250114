import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../../shared/domain/json.ts';
import type { RunComparison } from '../../../shared/domain/run-comparison.ts';
import type { Named } from './compared-run.ts';

type Row = RunComparison['rows'][number];

/** All names of any side, in the order they are first seen. */
export const allNames = (sides: readonly Named[]): string[] => [
  ...new Set(sides.flatMap((side) => [...side.keys()])),
];

/** Without regard to the order of keys. Null is a value; undefined is that there is none. */
export const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || isDeepStrictEqual(a, b);

/** A row for each name that a side has; a side without it has null there, and differs from one with null. */
export function rowsOf(section: Row['section'], sides: readonly Named[]): Row[] {
  return allNames(sides).map((name) => {
    const [first, ...others] = sides.map((side) => side.get(name));
    return {
      section,
      name,
      values: [first ?? null, ...others.map((value) => value ?? null)],
      differs: others.some((value) => !isSame(first, value)),
    };
  });
}
