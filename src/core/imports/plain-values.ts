import type { TrackedValue, TrackedValues } from '../tracked/tracked-run.ts';

/** Numbers that JSON has no words for are kept as the words Python prints. */
function plainValue(value: TrackedValue): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  }
  if (Array.isArray(value)) return value.map(plainValue);
  return typeof value === 'object' && value !== null ? plainValues(value) : value;
}

/** Config or summary as it is stored and shown: JSON. */
export const plainValues = (values: TrackedValues): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainValue(value)]));
