import { AppError } from '../../../shared/errors.ts';

const MAX_LENGTH = 255;
/** What `git check-ref-format` refuses in a name, and characters that cannot be seen. */
const ODD = /[\p{Cc}\p{Cf}\u2028\u2029 ~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$|\.$|^@$/u;

/** 40 hex digits: a commit whatever else may be called so. */
export const isFullCommit = (ref: string): boolean => /^[0-9a-f]{40}$/i.test(ref);

/** What may be the beginning of a commit. */
export const isShortCommit = (ref: string): boolean => /^[0-9a-f]{4,39}$/i.test(ref);

/**
 * Checks what a person gave as branch, tag or commit, so that git can take it for nothing else.
 * Expressions such as `main~1` are no names. Returns it without white space around it.
 * @throws AppError `E_GIT_REF`
 */
export function checkRef(text: string): string {
  const ref = text.trim();
  const why = problemOf(ref);
  if (why === null) return ref;
  throw new AppError('E_GIT_REF', `${JSON.stringify(ref.slice(0, 80))} ${why}.`, {
    next: 'Give a branch, a tag, or a commit by its hexadecimal digits.',
  });
}

function problemOf(ref: string): string | null {
  if (ref === '') return 'is no branch, tag or commit';
  if (ref.length > MAX_LENGTH) return 'is too long for a branch or tag';
  if (ref.startsWith('-')) return 'begins with a hyphen, as no branch or tag does';
  if (ODD.test(ref)) return 'holds what no branch or tag can';
  const parts = ref.split('/');
  if (parts.some((part) => part.startsWith('.') || part.endsWith('.lock'))) {
    return 'has a part that begins with a dot or ends in .lock';
  }
  return null;
}
