import { Masker } from './mask.ts';

/** Masks the texts within values, and the names in them. */
export interface ValueMasker {
  text(text: string): string;
  /** A copy of the same shape; numbers stay as they are. */
  values<T>(value: T): T;
}

const NOTHING_TO_MASK: ValueMasker = { text: (text) => text, values: (value) => value };

/** For what a program says of itself by other ways than its output, which the log masks. */
export function valueMasker(secrets: readonly Buffer[]): ValueMasker {
  const masker = Masker.pair(secrets)?.[1];
  if (!masker) return NOTHING_TO_MASK;
  const text = (plain: string): string => {
    const bytes = Buffer.from(plain, 'utf8');
    return Buffer.concat([masker.push(bytes), masker.end()]).toString('utf8');
  };
  const within = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [text(key), within(each)]),
    );
  };
  return { text, values: <T>(value: T) => within(value) as T };
}
