import { baseName, type Bytes } from './path-bytes.ts';

/** Bytes of a file that are enough to tell a secret. */
export const SECRET_HEAD_BYTES = 8192;

interface SecretRule {
  /** Matched against the name, or against the path when it holds a slash. */
  matches: RegExp;
  why: string;
  /** When given, the beginning of the file must match as well. */
  head?: RegExp;
  look?: Look;
}

/** How far a guess by the name is followed: ordinary files of such names may come in thousands. */
export interface Look {
  /** Larger files are not looked into. */
  bytes: number;
  /** Most files of one folder that are looked into: in a folder with more of the kind they are data. */
  files: number;
}

/** Most files of a whole tree that are looked into on a guess. */
export const MOST_LOOKS = 10_000;

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|^PuTTY-User-Key-File/m;
const CLOUD_KEY =
  /"(private_key|client_secret|refresh_token)"\s*:|"type"\s*:\s*"(service_account|authorized_user)"/;
const EITHER = new RegExp(`${PRIVATE_KEY.source}|${CLOUD_KEY.source}`, 'm');
/** In code a key has a body: code that reads keys names the first line alone. */
const KEY_WITH_BODY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:\r?\n|\\n)[A-Za-z0-9+/=:, -]{16}/;

const SUSPICIOUS = String.raw`^(?:id_.*|.*(?:(?<!mon|don|tur)key(?!board)|secret|cred|token|account|gcp|deploy).*)`;
const CODE = String.raw`\.(?:[cm]?[jt]sx?|py[ix]?|ipynb|sh|go|rs|java|c|h|cc|cpp|hpp|rb|jl|r|md|rst|html?)$`;
/** Files that hold no text, and public keys. */
const NO_TEXT = String.raw`\.(?:pub|jpe?g|png|gif|webp|bmp|tiff?|svg|mp[34]|wav|np[yz]|pt|pth|bin|safetensors|parquet|arrow|h5|pkl|zip|gz|csv|tsv)$`;
const NAMED_LOOK: Look = { bytes: 64 * 1024, files: 100 };
const BARE_LOOK: Look = { bytes: 16 * 1024, files: 100 };

const RULES: readonly SecretRule[] = [
  {
    matches: /^\.env(\.(?!(example|sample|template)$).*)?$|\.env$|^\.envrc$/s,
    why: 'environment file, usually holds passwords',
  },
  { matches: /^secrets\.(ya?ml|toml|json)$/i, why: 'named as a file of secrets' },
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
  {
    matches: new RegExp(`${SUSPICIOUS}(?<=${CODE})`, 'is'),
    why: 'holds a private key',
    head: KEY_WITH_BODY,
    look: NAMED_LOOK,
  },
  {
    matches: new RegExp(`(?!.*${NO_TEXT})${SUSPICIOUS}`, 'is'),
    why: 'holds a private key',
    head: EITHER,
    look: NAMED_LOOK,
  },
  { matches: /^[^.]+$/, why: 'holds a private key', head: PRIVATE_KEY, look: BARE_LOOK },
];

const isNamed = (rule: SecretRule, path: Bytes, name: Bytes): boolean =>
  rule.matches.test(rule.matches.source.includes('\\/') ? path : name);

/** Why a file counts as a secret, or what must be asked of its content. */
export interface Suspicion {
  why: string;
  head: RegExp | null;
  look: Look | null;
}

/** What the name of a file says: null for nearly all files. Only regular files are asked about. */
export function suspect(path: Bytes): Suspicion | null {
  const name = baseName(path);
  for (const rule of RULES) {
    const { why, head = null, look = null } = rule;
    if (isNamed(rule, path, name)) return { why, head, look };
  }
  return null;
}
