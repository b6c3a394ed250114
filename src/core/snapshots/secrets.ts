import { baseName, type Bytes } from './path-bytes.ts';

/** Bytes of a file that are enough to tell a secret. */
export const SECRET_HEAD_BYTES = 8192;

interface SecretRule {
  /** Matched against the name, or against the path when it holds a slash. */
  matches: RegExp;
  why: string;
  /** When given, the beginning of the file must match as well. */
  head?: RegExp;
}

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|^PuTTY-User-Key-File/m;
const CLOUD_KEY =
  /"(private_key|client_secret|refresh_token)"\s*:|"type"\s*:\s*"(service_account|authorized_user)"/;

const RULES: readonly SecretRule[] = [
  {
    matches: /^\.env(\.(?!(example|sample|template)$).*)?$/s,
    why: 'environment file, usually holds passwords',
  },
  { matches: /^id_(rsa|dsa|ecdsa|ed25519|xmss)(_sk)?$/, why: 'name of an SSH private key' },
  { matches: /\.(pem|key|ppk|asc)$/i, why: 'looks like a private key', head: PRIVATE_KEY },
  { matches: /\.(p12|pfx)$/i, why: 'bundle of a certificate and its private key' },
  { matches: /^[._]netrc$/, why: 'holds passwords of servers' },
  { matches: /^\.pypirc$/, why: 'holds passwords of package indexes' },
  { matches: /^\.(git-credentials|pgpass)$/, why: 'holds passwords' },
  {
    matches: /^\.npmrc$/,
    why: 'holds a token of a package registry',
    head: /(_authToken|_auth|_password)\s*=/,
  },
  {
    matches: /(^|\/)(\.kube\/config|kubeconfig(\.ya?ml)?|[^/]*\.kubeconfig)$/,
    why: 'gives access to a Kubernetes cluster',
  },
  { matches: /(^|\/)\.aws\/credentials$/, why: 'holds cloud access keys' },
  {
    matches: /(^|\/)\.docker\/config\.json$/,
    why: 'holds passwords of registries',
    head: /"(auth|identitytoken)"\s*:/,
  },
  {
    // The last form is how Google names a downloaded key: project, hyphen, 12 hex digits.
    matches:
      /^(application_default_)?credentials.*\.json$|service[-_]?account.*\.json$|^client_secret.*\.json$|-[0-9a-f]{12}\.json$|[-_]key\.json$/i,
    why: 'looks like a cloud access key',
    head: CLOUD_KEY,
  },
];

const isNamed = (rule: SecretRule, path: Bytes, name: Bytes): boolean =>
  rule.matches.test(rule.matches.source.includes('\\/') ? path : name);

/** Why a file counts as a secret, or what must be asked of its content. */
export interface Suspicion {
  why: string;
  head: RegExp | null;
}

/** What the name of a file says: null for nearly all files. Only regular files are asked about. */
export function suspect(path: Bytes): Suspicion | null {
  const name = baseName(path);
  for (const rule of RULES) {
    if (isNamed(rule, path, name)) return { why: rule.why, head: rule.head ?? null };
  }
  return null;
}
