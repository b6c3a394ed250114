import { AppError } from '../../shared/errors.ts';

/** What secrets are for: `git:<host>`, `git-key:<host>`, `registry:<host>`. */
export const SECRET_KINDS = ['git', 'git-key', 'registry'] as const;

export type SecretKind = (typeof SECRET_KINDS)[number];

const NAME =
  /^(?:git|git-key|registry):(?:\[[0-9a-f:]{2,45}\]|[a-z0-9._-]{1,253})(?::[0-9]{1,5})?$/;
const HOST = /^(\[[0-9a-f:]{2,45}\]|[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?)(:[0-9]{1,5})?$/;
const HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

export const isSecretName = (text: string): boolean => NAME.test(text);

/**
 * The name of a secret, from a host or an address a person gives. What is refused is not repeated in
 * the error: an address may hold a password.
 * @throws AppError `E_SECRET_FORMAT`
 */
export function secretName(kind: SecretKind, address: string): string {
  const host = hostOf(address.trim());
  const parts = host.length <= 260 ? HOST.exec(host) : null;
  if (!parts?.[1]) {
    throw new AppError('E_SECRET_FORMAT', 'That is not the name of a host.', {
      next: 'Give the host alone, such as github.com or registry.example.com:5000, without user name and password.',
    });
  }
  if (kind !== 'registry') return `${kind}:${parts[1]}`;
  return `registry:${HUB.has(host) ? 'docker.io' : host}`;
}

/** The host of an address or of `user@host:path`; the text itself when it is neither. */
function hostOf(text: string): string {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(text)?.[1];
  if (authority !== undefined) return withoutUser(authority).toLowerCase();
  const remote = /^[A-Za-z0-9._-]+@([^:@/]+):(?!\d+$)/.exec(text)?.[1];
  return (remote ?? text).toLowerCase();
}

/** A user name alone says nothing; with a password the whole is refused. */
const withoutUser = (authority: string): string => authority.replace(/^[A-Za-z0-9._-]+@/, '');
