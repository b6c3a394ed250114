import { safeName } from '../../shared/domain/names.ts';

/** `train`, or the first of `train-2`, `train-3`, ... that nobody has. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : safeName(`${name}-${number}`);
    if (!isTaken(candidate)) return candidate;
  }
}
