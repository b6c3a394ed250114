export interface Domain {
  from: number;
  to: number;
}

/** Maps a value to pixels; null where it cannot be shown (nothing below zero on a log scale). */
export type Scale = (value: number) => number | null;

/** The least and greatest of the values, widened when they are all the same; null for none. */
export function domainOf(values: Iterable<number>): Domain | null {
  let from = Infinity;
  let to = -Infinity;
  for (const value of values) {
    if (value < from) from = value;
    if (value > to) to = value;
  }
  if (from > to) return null;
  if (from < to) return { from, to };
  const pad = Math.abs(from) / 10 || 1;
  return { from: from - pad, to: to + pad };
}

export function linearScale({ from, to }: Domain, start: number, end: number): Scale {
  const factor = (end - start) / (to - from);
  return (value) => start + (value - from) * factor;
}

/** The domain must be above zero. */
export function logScale({ from, to }: Domain, start: number, end: number): Scale {
  const linear = linearScale({ from: Math.log10(from), to: Math.log10(to) }, start, end);
  return (value) => (value > 0 ? linear(Math.log10(value)) : null);
}

/** Steps of 1, 2 or 5 times a power of ten, at most about `count` of them within the domain. */
export function linearTicks({ from, to }: Domain, count: number): number[] {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((unit) => unit * power >= rough) ?? 10) * power;
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** Powers of ten; linear ticks where the domain holds fewer than two of them. */
export function logTicks(domain: Domain, count: number): number[] {
  const first = Math.ceil(Math.log10(domain.from) - 1e-9);
  const last = Math.floor(Math.log10(domain.to) + 1e-9);
  if (last - first < 1) return linearTicks(domain, count).filter((tick) => tick > 0);
  const every = Math.max(1, Math.ceil((last - first + 1) / count));
  const powers = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  return powers.filter((_, i) => i % every === 0);
}

const digits = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

/** A number in as few digits as tell it apart: "0.1823", "18,400", "3e-4". */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e7)) {
    return Number(value.toPrecision(4)).toExponential().replace('e+', 'e');
  }
  return digits.format(Number(value.toPrecision(6)));
}
