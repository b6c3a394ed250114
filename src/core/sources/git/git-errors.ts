import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { parseGitAddress } from './git-url.ts';
import { inertText } from './inert-text.ts';

/** How a command ended. */
export interface GitResult {
  status: number;
  stdout: string;
  stderr: string;
}

interface Known {
  pattern: RegExp;
  code: ErrorCode;
  message: (remote: string) => string;
  next: string | ((remote: string) => string);
}

const authNext = (remote: string): string =>
  `Keep a user name and token for it: run slipway secret set git ${hostOf(remote)} --username NAME, or see Logins in the settings. Or set up a credential helper of git.`;
const sshNext = (remote: string): string =>
  `Add your key to the agent with ssh-add, or choose a key file: slipway secret set git-key ${hostOf(remote)} FILE. Then check that the server knows it.`;

/** The host as the name of a secret has it. */
function hostOf(remote: string): string {
  try {
    const { hostPort, host } = parseGitAddress(remote);
    return hostPort || host || 'HOST';
  } catch {
    return 'HOST';
  }
}

/** What git, curl and ssh say (in the C locale), most telling first. */
const KNOWN: readonly Known[] = [
  {
    pattern:
      /bad object|did not send all necessary|missing (?:blob|tree|commit)|is corrupt|invalid sha1 pointer|unable to read tree|object file .* is empty|Failed to traverse parents|not a git repository: '.*[0-9a-f]{64}(?:\.history)?\.git'/,
    code: 'E_GIT_DAMAGED',
    message: (remote) => `The copy of ${remote} that Slipway keeps is damaged.`,
    next: 'Try again: it is fetched anew.',
  },
  {
    pattern: /No space left on device|Disk quota exceeded/,
    code: 'E_DISK_FULL',
    message: () => 'The disk is full.',
    next: 'Free some space and try again.',
  },
  {
    pattern: /Permission denied \((?:publickey|password|keyboard|gssapi)|Too many authentication/,
    code: 'E_GIT_AUTH',
    message: (remote) => `The server does not let you in: ${remote}`,
    next: sshNext,
  },
  {
    pattern:
      /could not read (?:Username|Password)|Authentication failed|terminal prompts disabled|Access denied|returned error: 40[13]|Invalid username or/i,
    code: 'E_GIT_AUTH',
    message: (remote) => `The server wants a login, or does not take the one it got: ${remote}`,
    next: authNext,
  },
  {
    pattern:
      /unable to update url base from redirection|returned error: 30\d|Maximum \(\d+\) redir/,
    code: 'E_GIT_REDIRECT',
    message: (remote) =>
      `The server sends to another address, which a login must not follow: ${remote}`,
    next: 'Give the address the repository has now.',
  },
  {
    pattern: /transport '.*' not allowed|Protocol .* (?:not supported|disabled)/,
    code: 'E_GIT_SCHEME',
    message: (remote) => `The way to this repository is not allowed: ${remote}`,
    next: 'Use an address that begins with https:// or ssh://, and look at url.*.insteadOf in your git configuration.',
  },
  {
    pattern: /dubious ownership/,
    code: 'E_SOURCE_REFUSED',
    message: (remote) => `The repository belongs to another user: ${remote}`,
    next: 'If you trust it, run: git config --global --add safe.directory PATH',
  },
  {
    pattern:
      /repository '.*' not found|returned error: 4(?:04|10)|does not appear to be a git repo|Repository not found|not a git repository|not valid: is this a git repo|could not be found|project you were looking for/i,
    code: 'E_GIT_NOT_FOUND',
    message: (remote) => `There is no repository at ${remote}, or none that this login may see.`,
    next: 'Check the address; for a private repository give a login for this host.',
  },
  {
    pattern: /Operation too slow|timed out|Timeout, server/i,
    code: 'E_GIT_TIMEOUT',
    message: (remote) => `The server does not answer: ${remote}`,
    next: 'Check the network and whether the server is up, then try again.',
  },
  {
    pattern: /mismatched algorithms|unsupported object format|unknown hash algorithm/,
    code: 'E_GIT',
    message: (remote) => `The repository counts in SHA-256, which is not supported: ${remote}`,
    next: 'Use a clone of it in a folder instead.',
  },
  {
    pattern:
      /Could not resolve host|Failed to connect|Couldn't connect|Connection (?:refused|reset|closed)|unreachable|SSL |certificate|gnutls|RPC failed|early EOF|hung up|Empty reply|returned error: 5\d\d|kex_exchange/i,
    code: 'E_GIT_NETWORK',
    message: (remote) => `The server of ${remote} cannot be reached, or broke off.`,
    next: 'Check the network and the address, then try again.',
  },
];

export const gitMissing = (cause: unknown): AppError =>
  new AppError('E_GIT_MISSING', 'git is not installed, or not on the PATH.', {
    next: 'Install git and try again.',
    cause,
  });

const NOISE =
  /^(?:debug\d:|OpenSSH_|Authenticated to |Transferred: |Bytes per |error: unable to read askpass response from )/;

/** The lines that say why, without what ssh tells of its doings. */
export const ownWords = (stderr: string): string =>
  inertText(stderr)
    .split('\n')
    .filter((line) => !NOISE.test(line))
    .join('\n')
    .trim();

/** What a command that talked to a server failed with. `remote` holds no login. */
export function gitError({ stderr, status }: GitResult, remote: string): AppError {
  const detail = ownWords(stderr);
  const hostKey = hostKeyError(stderr, detail, remote);
  if (hostKey) return hostKey;
  const known = KNOWN.find(({ pattern }) => pattern.test(detail));
  if (known) {
    const next = typeof known.next === 'string' ? known.next : known.next(remote);
    return new AppError(known.code, known.message(remote), { next, detail });
  }
  return new AppError('E_GIT', `git failed (exit status ${status}) for ${remote}`, {
    next: "Read git's own words below.",
    detail,
  });
}

/** The command that removes a host key: ssh says which host, with its port, and which file. */
function forgetting(detail: string, remote: string): string {
  const host = /Host key for (\S+) has changed/.exec(detail)?.[1] ?? hostOf(remote);
  const file = /Offending .*key in (.+):\d+\s*$/m.exec(detail)?.[1];
  return `ssh-keygen -R "${host}"${file === undefined ? '' : ` -f "${file}"`}`;
}

function hostKeyError(stderr: string, detail: string, remote: string): AppError | null {
  if (!/Host key verification failed|HOST IDENTIFICATION HAS CHANGED/.test(detail)) return null;
  const key = /Server host key: (\S+ SHA256:\S+)/.exec(inertText(stderr))?.[1] ?? 'unknown';
  if (/HAS CHANGED|REVOKED/.test(detail)) {
    return new AppError(
      'E_SSH_HOSTKEY',
      `The host key of ${remote} is another one than before: ${key}`,
      {
        next: `Somebody may be listening in. Ask who runs the server; if the key did change, remove the old one with: ${forgetting(detail, remote)}`,
        detail,
      },
    );
  }
  return new AppError('E_SSH_HOSTKEY', `The host key of ${remote} is not known: ${key}`, {
    next: 'Compare it with the one the server publishes, then connect once with ssh to accept it.',
    detail,
  });
}
