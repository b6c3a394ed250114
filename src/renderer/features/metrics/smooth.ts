/**
 * An exponential moving average that does not lag behind at its start (as TensorBoard's and W&B's).
 * `weight` from 0, which changes nothing, to below 1. What is no number is passed over.
 */
export function smoothed(
  values: Float64Array<ArrayBuffer>,
  length: number,
  weight: number,
): Float64Array<ArrayBuffer> {
  if (weight === 0) return values;
  const result = new Float64Array(length);
  let average = 0;
  let share = 1;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      result[i] = value;
      continue;
    }
    average = average * weight + value * (1 - weight);
    share *= weight;
    result[i] = average / (1 - share);
  }
  return result;
}
