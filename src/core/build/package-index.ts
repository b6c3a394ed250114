import { AppError } from '../../shared/errors.ts';

const refuse = (why: string): AppError =>
  new AppError('E_SETTING', `The package index cannot be used: ${why}.`, {
    next: 'Set it to an address such as https://host/simple/, without a user name or password.',
  });

/** The address of a package index. @throws AppError `E_SETTING` when pip could not, or must not, use it. */
export function parseIndex(index: string): URL {
  if (!/^[\x21-\x7e]+$/.test(index)) throw refuse('it holds spaces or control characters');
  let url: URL;
  try {
    url = new URL(index);
  } catch {
    throw refuse('it is not an address');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('it is not http(s)');
  if (url.username || url.password)
    throw refuse('it holds credentials, which the image would keep');
  return url;
}

/**
 * The text of pip's configuration file for a package index; empty for pip's own index. pip takes
 * packages over plain http only from a host named as trusted, hence the second line.
 */
export function pipConfig(index: string): string {
  if (index === '') return '';
  const url = parseIndex(index);
  const trust = url.protocol === 'http:' ? `trusted-host = ${url.hostname}\n` : '';
  return `[global]\nindex-url = ${url.href}\n${trust}`;
}
