/** A decimal number as a whole one and the power of ten that it is divided by. */
interface Decimal {
  whole: bigint;
  digits: number;
}

function decimalOf(number: number): Decimal {
  const [mantissa, exponent = '0'] = String(number).split('e');
  const [before, after = ''] = mantissa!.split('.');
  const digits = after.length - Number(exponent);
  const whole = BigInt(before! + after);
  return digits >= 0 ? { whole, digits } : { whole: whole * 10n ** BigInt(-digits), digits: 0 };
}

/** Counted in whole steps of what is written, so that 0.1 and two steps of 0.1 are 0.3. */
export interface Steps {
  count: number;
  /** The value of a step, from 0. */
  at(index: number): number;
}

/**
 * The values of a range, in the decimals in which it was written. `to` is one when a step falls on it.
 * No steps when they do not lead to `to`.
 */
export function stepsOf({ from, to, step }: { from: number; to: number; step: number }): Steps {
  const parts = [from, to, step].map(decimalOf);
  const digits = Math.max(...parts.map((part) => part.digits));
  const [first, last, by] = parts.map(
    (part) => part.whole * 10n ** BigInt(digits - part.digits),
  ) as [bigint, bigint, bigint];
  if (by === 0n || (last - first) * by < 0n) return { count: 0, at: () => from };
  return {
    count: Number((last - first) / by) + 1,
    at: (index) => Number(`${first + BigInt(index) * by}e${-digits}`),
  };
}
