import { AppError } from '../../shared/errors.ts';
import { safeName } from '../../shared/domain/names.ts';

/** `latest` is always on the newest version, and `v3` is version 3: neither can be moved by hand. */
const RESERVED = /^(?:latest|v\d+)$/;

/** Returns the alias, or refuses it and offers the nearest good one. @throws AppError `E_NAME` */
export function checkAlias(alias: string): string {
  if (RESERVED.test(alias)) {
    throw new AppError('E_NAME', `"${alias}" is an alias that Slipway sets itself.`, {
      next: 'Choose another one, such as "stable".',
    });
  }
  if (alias !== '' && alias === safeName(alias)) return alias;
  const offer = safeName(alias.trim()) || 'stable';
  throw new AppError('E_NAME', `"${alias}" cannot be an alias.`, {
    next: `Use letters, digits, "_", "." and "-" (at most 128). Did you mean: ${offer}`,
  });
}

/** The alias an image's tag gives its version; none for a digest, or a tag that is reserved. */
export const tagAliases = (tag: string | null): string[] =>
  tag === null || RESERVED.test(tag) ? [] : [tag];
