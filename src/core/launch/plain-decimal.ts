/**
 * A number without exponent: `1e-7` is `0.0000001`. Older versions of argparse take `-1e-7` for an
 * option, and configs of shells and launchers know no exponents.
 */
export function plainDecimal(value: number): string {
  const text = Object.is(value, -0) ? '0' : String(value);
  const [mantissa = '', exponent] = text.split('e');
  if (exponent === undefined) return text;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
