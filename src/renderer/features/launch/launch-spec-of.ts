import type { InputSchema } from '../../../shared/domain/inputs.ts';
import { EMPTY_SPEC, type LaunchSpec } from '../../../shared/domain/launch-spec.ts';
import { sameValue } from './value-text.ts';

interface Asked {
  spec: LaunchSpec;
  schema: InputSchema | null;
  command: string | null;
}

/** Rows that were added and not filled in yet. */
const withoutBlanks = (words: readonly string[]): string[] =>
  words.filter((word) => word.trim() !== '');

/** Names of inputs that belong to another sub-command than the chosen one. */
function otherCommands({ schema, command }: Asked): Set<string> {
  const fields = schema?.fields ?? [];
  const others = fields.filter((field) => field.command !== null && field.command !== command);
  return new Set(others.map(({ name }) => name));
}

/** What is asked for: all that was set, without what belongs to a sub-command that is not chosen. */
export function askedSpec(state: Asked): LaunchSpec {
  const { spec } = state;
  const others = otherCommands(state);
  const values = Object.entries(spec.values).filter(([name]) => !others.has(name));
  return {
    ...spec,
    values: Object.fromEntries(values),
    settings: {
      ...spec.settings,
      outputs: withoutBlanks(spec.settings.outputs),
      metricPatterns: withoutBlanks(spec.settings.metricPatterns),
    },
  };
}

/** What a cell of a sweep is given: its own values before those of all. It is run, whatever ran before. */
export const specOfCell = (spec: LaunchSpec, values: LaunchSpec['values']): LaunchSpec => ({
  ...spec,
  // Not a spread with names in it: `__proto__` is an input like any other.
  values: Object.fromEntries([...Object.entries(spec.values), ...Object.entries(values)]),
  settings: { ...spec.settings, skipIdentical: false },
});

export const isEmptySpec = (spec: LaunchSpec): boolean => sameValue(spec, EMPTY_SPEC);
