import type { FieldChange } from '../../shared/domain/comparison.ts';

/** A value as it is shown; null for none. */
type Shown = string | null;

/** The named values that are not the same, in the order they come in; those only in `after` last. */
export function changedFields(
  before: Readonly<Record<string, Shown>>,
  after: Readonly<Record<string, Shown>>,
): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .map((name) => ({
      name,
      before: own(before, name),
      after: own(after, name),
    }))
    .filter((field) => field.before !== field.after);
}

/** Names come from outside: one may be that of something every object has. */
const own = (values: Readonly<Record<string, Shown>>, name: string): Shown =>
  Object.hasOwn(values, name) ? (values[name] ?? null) : null;
