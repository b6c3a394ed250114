/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const [ZERO, POINT, MINUS] = [0x30, 0x2e, 0x2d];
/** Digits of either half of a number: two halves together are the most that is read without a text. */
const HALF = 9;
const HALF_POWER = 1e9;

/**
 * A decimal number in JSON, without making a text of it first if it can be; null for everything else.
 * Exactly what `JSON.parse` gives: a log holds millions of numbers, most with all their digits.
 */
export function parseDecimal(bytes: Buffer, start: number, end: number): number | null {
  const first = bytes[start] === MINUS ? start + 1 : start;
  let high = 0;
  let low = 0;
  let count = 0;
  let point = 0;
  for (let at = first; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) {
      // Zeroes in front are no digits of the number.
      if (count > 0 || digit > 0) count++;
      if (count <= HALF) high = high * 10 + digit;
      else if (count <= 2 * HALF) low = low * 10 + digit;
    } else if (bytes[at] === POINT && point === 0 && at > first) point = at;
    else return null;
  }
  const before = (point || end) - first;
  const decimals = point === 0 ? 0 : end - point - 1;
  if (before < 1 || (point > 0 && decimals < 1)) return null;
  if (before > 1 && bytes[first] === ZERO) return null;
  const power = POWERS[decimals];
  const value = power === undefined ? null : quotient(high, low, count, power);
  if (value === null) return Number(bytes.toString('latin1', start, end));
  return first > start ? -value : value;
}

/** The number of `count` digits in two halves, divided by a power of ten; null when that is not safe. */
function quotient(high: number, low: number, count: number, power: number): number | null {
  if (count <= HALF) return high / power;
  if (count > 2 * HALF) return null;
  // Exact: nine digits and the odd factor of the power have 51 bits together.
  const shifted = high * (POWERS[count - HALF] ?? HALF_POWER);
  const whole = shifted + low;
  if (whole <= Number.MAX_SAFE_INTEGER) return whole / power;
  return divide(whole, low - (whole - shifted), power);
}

/** Splits a double into two of half the digits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;
/** More than the rounding of the correction can come to, as a share of it. */
const DOUBT = 2 ** -48;

/**
 * (`whole` + `rest`) / `power`, rounded once; null when it is too close to the middle of two doubles to
 * be sure. What the division leaves over is found exactly (Dekker's product) and divided in turn.
 */
function divide(whole: number, rest: number, power: number): number | null {
  const first = whole / power;
  const product = first * power;
  const [a, b] = [upper(first), upper(power)];
  const [c, d] = [first - a, power - b];
  const lost = c * d - (product - a * b - c * b - a * d);
  const correction = (whole - product - lost + rest) / power;
  const doubt = Math.abs(correction) * DOUBT;
  const value = first + (correction - doubt);
  return value === first + (correction + doubt) ? value : null;
}

function upper(value: number): number {
  const scaled = SPLITTER * value;
  return scaled - (scaled - value);
}
