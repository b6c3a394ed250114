import { join } from 'node:path';
import type { GitLogin } from './git-url.ts';

/** What one command may reach beyond this machine's own files. */
export interface Reach {
  /** The only transport git may use. */
  transport: 'https' | 'http' | 'ssh' | 'file';
  /** For https; without it the person's own credential helpers are asked. */
  login: (GitLogin & { origin: string }) | null;
  /** The private key file for ssh; without it the agent and the usual keys. */
  sshKey: string | null;
}

/** Programs and files that commands which reach out need. */
export interface GitTools {
  /** The folder `resources`: it holds git-session.sh, git-askpass.sh and git-ssh.sh. */
  scripts: string;
  /** Host keys that were accepted for Slipway, beside those of the person's own ssh. */
  knownHosts: string;
}

/**
 * Settings no repository and no configuration of the person may change: nothing is started on the
 * side, and nothing is removed while it may be read.
 */
export const SAFE_SETTINGS: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.quotePath=false',
  // A copy that a power failure damages is made anew: nothing waits for the disk.
  'core.fsync=none',
  // One file for what was fetched, however little: loose objects are slower to write and to read.
  'fetch.unpackLimit=1',
  'fetch.recurseSubmodules=false',
  'fetch.writeCommitGraph=false',
  'fetch.fsckObjects=false',
  'transfer.bundleURI=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
];

/** Variables that reach git from the outside: for certificates of a company's own. */
const KEPT = new Set(['GIT_SSL_CAINFO', 'GIT_SSL_CAPATH']);
/** Variables that name programs git would start. */
const PROGRAMS = new Set(['EDITOR', 'VISUAL', 'PAGER', 'SSH_ASKPASS', 'PREFIX']);

/** The names that {@link gitEnvironment} sets or lets through although they steer git. */
export const GUARDED_NAMES: readonly string[] = [
  ...KEPT,
  'GIT_DIR',
  'GIT_INDEX_FILE',
  'GIT_TERMINAL_PROMPT',
  'GIT_ALLOW_PROTOCOL',
  'GIT_NO_LAZY_FETCH',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_DEFAULT_HASH',
  'GIT_DEFAULT_REF_FORMAT',
  'GIT_LFS_SKIP_SMUDGE',
  'GIT_LFS_FORCE_PROGRESS',
  'GIT_TRACE_PACKET',
  'GIT_OPTIONAL_LOCKS',
  'GIT_ASKPASS',
  'GIT_SSH',
  'GIT_SSH_VARIANT',
];

type Variables = Record<string, string>;

/** The environment of a command that works in one of our own repositories and reaches nothing else. */
export function gitEnvironment(gitDir: string): Variables {
  return {
    ...inherited(),
    GIT_DIR: gitDir,
    GIT_TERMINAL_PROMPT: '0',
    // No transport has this name.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Whatever the person's own repositories are made with.
    GIT_DEFAULT_HASH: 'sha1',
    GIT_DEFAULT_REF_FORMAT: 'files',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  };
}

/** What comes on top for a command that talks to a server. Logins travel in here alone. */
export function reachEnvironment(tools: GitTools, { transport, login, sshKey }: Reach): Variables {
  return {
    GIT_ALLOW_PROTOCOL: transport,
    GIT_ASKPASS: join(tools.scripts, 'git-askpass.sh'),
    GIT_SSH: join(tools.scripts, 'git-ssh.sh'),
    GIT_SSH_VARIANT: 'ssh',
    GCM_INTERACTIVE: 'never',
    SSH_ASKPASS_REQUIRE: 'never',
    SLIPWAY_SSH_KNOWN_HOSTS: tools.knownHosts,
    ...(sshKey !== null && { SLIPWAY_SSH_KEY: sshKey }),
    ...(login && {
      SLIPWAY_GIT_ORIGIN: login.origin,
      SLIPWAY_GIT_USERNAME: login.username,
      SLIPWAY_GIT_PASSWORD: login.password,
    }),
  };
}

/** A login of ours goes to the host it is for and nowhere else, and no helper gets to keep it. */
export const reachSettings = ({ login }: Reach): string[] => [
  'http.lowSpeedLimit=1',
  'http.lowSpeedTime=60',
  ...(login ? ['credential.helper=', 'http.followRedirects=false'] : []),
];

function inherited(): Variables {
  const kept = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined &&
      (KEPT.has(name) || !/^(?:GIT_|SLIPWAY_)/i.test(name)) &&
      !PROGRAMS.has(name.toUpperCase()),
  );
  return Object.fromEntries(kept) as Variables;
}
