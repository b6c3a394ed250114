import { AppError } from '../errors.ts';

export const NAME_LIMIT = 128;

/**
 * Makes a text usable as a job or project name the way W&B's `make_artifact_name_safe` does:
 * every code point outside `[A-Za-z0-9_.-]` becomes `_`, and a longer name keeps its first and
 * last 63 characters around `..`.
 */
export function safeName(text: string): string {
  const safe = [...text].map((c) => (/[A-Za-z0-9_.-]/.test(c) ? c : '_')).join('');
  return safe.length <= NAME_LIMIT ? safe : `${safe.slice(0, 63)}..${safe.slice(-63)}`;
}

/** Returns the name, or refuses it and offers the nearest good one. */
export function checkName(kind: 'job' | 'project', name: string): string {
  const usable = name.length > 0 && !/^\.+$/.test(name);
  if (usable && name === safeName(name)) return name;
  const offer = safeName(name.trim()).replace(/^\.+$/, '') || `my-${kind}`;
  throw new AppError('E_NAME', `"${name}" cannot be a ${kind} name.`, {
    next: `Use letters, digits, "_", "." and "-" (at most ${NAME_LIMIT}). Did you mean: ${offer}`,
  });
}
