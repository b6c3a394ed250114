import { AppError } from '../../shared/errors.ts';

/** What secrets are for: `git:<host>[:<port>]` (no port is that of https), `git-key:<host>`, `registry:<host>`. */
export const SECRET_KINDS = ['git', 'git-key', 'registry'] as const;

export type SecretKind = (typeof SECRET_KINDS)[number];

const NAME =
  /^(?:git|git-key|registry):(?:\[[0-9a-f:]{2,45}\]|[a-z0-9._-]{1,253})(?::[0-9]{1,5})?$/;
const HOST = /^(\[[0-9a-f:]{2,45}\]|[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?)(:[0-9]{1,5})?$/;
const HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

const RUN_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

export const isSecretName = (text: string): boolean =>
  NAME.test(text) || (text.startsWith('run:') && RUN_NAME.test(text.slice(4)));

/**
 * The name of a secret for runs: `run:NAME`, where NAME is one that an environment variable can have.
 * What is refused is not repeated: it may be the secret itself.
 * @throws AppError `E_SECRET_FORMAT`
 */
export function runSecretName(name: string): string {
  if (RUN_NAME.test(name)) return `run:${name}`;
  throw new AppError('E_SECRET_FORMAT', 'That cannot be the name of a secret for runs.', {
    next: 'Use letters, digits and "_", and no digit first, as in HF_TOKEN.',
  });
}

/**
 * The name of a secret, from a host or an address a person gives. What is refused is not repeated in
 * the error: an address may hold a password.
 * @throws AppError `E_SECRET_FORMAT`
 */
export function secretName(kind: SecretKind, address: string): string {
  const host = hostOf(address.trim());
  const parts = host.length <= 260 ? HOST.exec(host) : null;
  if (!parts?.[1]) {
    throw noHost();
  }
  if (kind === 'git-key') return `git-key:${parts[1]}`;
  if (kind === 'git') return `git:${parts[1]}${portOf(parts[2], address)}`;
  return `registry:${HUB.has(host) ? 'docker.io' : host}`;
}

const noHost = (): AppError =>
  new AppError('E_SECRET_FORMAT', 'That is not the name of a host.', {
    next: 'Give the host alone, such as github.com or registry.example.com:5000, without user name and password.',
  });

/** A port as a number is written; none for that of https, which is what no port means but for http. */
function portOf(port: string | undefined, address: string): string {
  const usual = /^\s*http:/i.test(address) ? 80 : 443;
  const number = port === undefined ? usual : Number(port.slice(1));
  if (number > 65_535) throw noHost();
  return number === 443 ? '' : `:${number}`;
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
