import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { splitWebUrl, type WebLink } from './web-url.ts';

export interface GitLogin {
  username: string;
  /** A password or token. */
  password: string;
}

/** What an address says. */
export interface GitAddress {
  kind: 'https' | 'ssh' | 'local';
  /** As it is stored and given to git: no password or token in it; an absolute path when `local`. */
  remote: string;
  /** The host name as sent over the wire (punycode); empty when `local`. */
  host: string;
  /**
   * What a login must be kept for to be used here: host and port as sent, without the port of https.
   * That of http is written out, so that a login for https never goes there. Empty unless `https`.
   */
  hostPort: string;
  /** A login that stood in the address: to be moved to the secret store, never to be stored as it is. */
  login: GitLogin | null;
  /** What a pasted web address points at within the repository. */
  web: WebLink | null;
}

const MAX_LENGTH = 4096;
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is;
/** `user@host:path`; a slash before the colon makes it a file, one letter alone a Windows drive. */
const SCP = /^(?:([^@/:]*)@(?=..)|(?=[^:]{2}))(\[[0-9a-f:.]+\]|[^@/:[\]]+):(?!\/\/)(.*)$/is;
const HELPER = /^[a-z0-9+.-]*::/i;
const WINDOWS_PATH = /^[a-z]:[\\/]/i;
/** Control characters, and characters that change how text looks without being seen. */
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
const HIDDEN_ESCAPED = /%(?:[01][0-9a-f]|7f)/i;
/** Shapes of tokens that are put in the place of the user name. */
const TOKEN = /^(?:gh[pousr]_|github_pat_|glpat-|hf_|[0-9a-f]{40}$)/;

const NEXT = 'Give an address such as https://host/owner/repo.git or git@host:owner/repo.git.';

const bad = (code: ErrorCode, why: string, next = NEXT): AppError =>
  new AppError(code, `This is no git address that can be used: ${why}.`, { next });

/**
 * Whether text is meant as the address of a git repository: it has a scheme, the form
 * `user@host:path`, or ends in `.git`. Whether a folder of that name exists is not looked at.
 */
export function isGitAddress(text: string): boolean {
  const address = text.trim();
  if (/^(?:https?|ssh|git|file):\/\//i.test(address)) return true;
  if (HELPER.test(address)) return true;
  if (!WINDOWS_PATH.test(address) && /^[^@/:\s]+@[^/:\s]+:/.test(address)) return true;
  return /\.git\/?$/i.test(address);
}

/** Whether an address names a folder of this machine. */
export function isLocalAddress(text: string): boolean {
  try {
    return parseGitAddress(text).kind === 'local';
  } catch {
    return false;
  }
}

/**
 * Reads the address of a repository, as typed or pasted. Looks at nothing but the text.
 * @throws AppError `E_GIT_URL`, `E_GIT_URL_CHARS`, `E_GIT_SCHEME`, `E_GIT_HOST`, `E_GIT_PORT`
 */
export function parseGitAddress(text: string): GitAddress {
  const address = text.trim();
  refuseOddText(address);
  if (HELPER.test(address)) throw bad('E_GIT_SCHEME', 'it names a helper program');
  const url = WINDOWS_PATH.test(address) ? null : SCHEME.exec(address);
  if (url) return parseUrl(url[1]?.toLowerCase() ?? '', url[2] ?? '');
  const scp = WINDOWS_PATH.test(address) ? null : SCP.exec(address);
  if (scp) return parseScp(scp[1] ?? null, scp[2] ?? '', scp[3] ?? '');
  return localAddress(address);
}

function refuseOddText(address: string): void {
  if (address === '') throw bad('E_GIT_URL', 'it is empty');
  if (address.length > MAX_LENGTH) throw bad('E_GIT_URL', 'it is far too long');
  if (HIDDEN.test(address) || HIDDEN_ESCAPED.test(address)) {
    throw bad('E_GIT_URL_CHARS', 'it holds invisible characters', 'Type the address by hand.');
  }
  if (address.startsWith('-')) throw bad('E_GIT_URL', 'it begins with a hyphen');
}

/** The address of a folder of this machine. */
export const localAddress = (path: string): GitAddress => ({
  kind: 'local',
  remote: path,
  host: '',
  hostPort: '',
  login: null,
  web: null,
});

function parseUrl(scheme: string, rest: string): GitAddress {
  if (scheme === 'file') return parseFileUrl(rest);
  if (scheme !== 'https' && scheme !== 'http' && scheme !== 'ssh') {
    throw bad('E_GIT_SCHEME', `${scheme}:// is not supported`);
  }
  if (rest.includes('\\')) throw bad('E_GIT_URL_CHARS', 'it holds a backslash');
  const [authority = ''] = rest.split(/[/?#]/, 1);
  const path = rest.slice(authority.length);
  const { user, password, host, port } = splitAuthority(authority, scheme);
  if (scheme === 'ssh') return parseSsh(user, host, port, path);
  const name = webHost(host, port, scheme);
  if (scheme === 'http') checkPlain(name);
  return parseWeb(scheme, name, path, loginOf(user, password));
}

interface Authority {
  user: string | null;
  password: string | null;
  host: string;
  /** With its colon; empty when there is none. */
  port: string;
}

function splitAuthority(authority: string, scheme: string): Authority {
  const at = authority.lastIndexOf('@');
  const info = at < 0 ? null : authority.slice(0, at);
  const rest = authority.slice(at + 1);
  const port = /:[^:\]]*$/.exec(rest)?.[0] ?? '';
  const host = rest.slice(0, rest.length - port.length);
  if (host === '') throw bad('E_GIT_URL', `no host stands after ${scheme}://`);
  const colon = info?.indexOf(':') ?? -1;
  const user = info === null ? null : decode(colon < 0 ? info : info.slice(0, colon));
  const password = info === null || colon < 0 ? null : decode(info.slice(colon + 1));
  checkUser(user);
  checkHost(host);
  checkPort(port);
  return { user, password, host, port };
}

function checkUser(user: string | null): void {
  if (user?.startsWith('-')) throw bad('E_GIT_HOST', 'the user name begins with a hyphen');
}

function checkHost(host: string): void {
  if (host.startsWith('-') || host.startsWith('[-')) {
    throw bad('E_GIT_HOST', 'the host begins with a hyphen');
  }
}

function checkPort(port: string): void {
  if (port === '' || port === ':') return;
  const number = /^:\d{1,5}$/.test(port) ? Number(port.slice(1)) : 0;
  if (number < 1 || number > 65_535) throw bad('E_GIT_PORT', 'the port is not from 1 to 65535');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw bad('E_GIT_URL_CHARS', 'a percent sign in it begins no character');
  }
}

/** Host and port as the web writes them: lower case, punycode, no default port. */
function webHost(host: string, port: string, scheme = 'https'): URL {
  try {
    if (/[/?#@\\]/.test(host)) throw new TypeError('no host');
    return new URL(`${scheme}://${host}${port}/`);
  } catch {
    throw bad('E_GIT_HOST', `${host} is no host name`);
  }
}

/** http is for this machine alone, and not for the port that a login for https is kept for. */
function checkPlain(name: URL): void {
  const next = 'Use https:// instead.';
  if (!isLoopback(name)) throw bad('E_GIT_SCHEME', 'http:// sends everything in the clear', next);
  if (name.port === '443') throw bad('E_GIT_PORT', 'port 443 is that of https', next);
}

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

function loginOf(user: string | null, password: string | null): GitLogin | null {
  if (!user && !password) return null;
  if (password) return { username: user ?? '', password };
  return user && TOKEN.test(user) ? { username: user, password: 'x-oauth-basic' } : null;
}

function parseWeb(scheme: string, name: URL, path: string, login: GitLogin | null): GitAddress {
  const [plain = ''] = path.split(/[?#]/, 1);
  const split = splitWebUrl(name.hostname, plain);
  const repository = repositoryPath(split?.repository ?? plain);
  const remote = `${scheme}://${name.host}${repository}`;
  const hostPort = scheme === 'http' ? `${name.hostname}:${name.port || '80'}` : name.host;
  const { hostname: host } = name;
  return { kind: 'https', remote, host, hostPort, login, web: split?.link ?? null };
}

/** The path of a repository as a URL writes it, with nothing that climbs. */
function repositoryPath(path: string): string {
  decode(path);
  const { pathname } = new URL(`https://h${path.startsWith('/') ? path : `/${path}`}`);
  const trimmed = pathname.replace(/\/+$/, '');
  if (trimmed === '') throw bad('E_GIT_URL', 'it names a host but no repository');
  return trimmed;
}

function parseSsh(user: string | null, host: string, port: string, path: string): GitAddress {
  const name = sshHost(host);
  const plain = decode(path).replace(/\/+$/, '');
  refuseOddPath(plain);
  const number = port === ':' || port === ':22' ? '' : port;
  const remote = `ssh://${user === null ? '' : `${encodeURIComponent(user)}@`}${name}${number}${encodePath(plain)}`;
  return { kind: 'ssh', remote, host: name, hostPort: '', login: null, web: null };
}

function parseScp(user: string | null, host: string, path: string): GitAddress {
  if (host.startsWith('-') || user?.startsWith('-')) {
    throw bad('E_GIT_HOST', 'the user name or host begins with a hyphen');
  }
  if (user !== null && /[^\w.+-]/.test(user)) throw bad('E_GIT_HOST', 'the user name is odd');
  const name = sshHost(host);
  const plain = path.replace(/\/+$/, '');
  refuseOddPath(plain);
  if (plain.startsWith('-')) throw bad('E_GIT_URL', 'the path begins with a hyphen');
  const remote = `${user === null ? '' : `${user}@`}${name}:${plain}`;
  return { kind: 'ssh', remote, host: name, hostPort: '', login: null, web: null };
}

function sshHost(host: string): string {
  checkHost(host);
  if (/^\[[0-9a-f:.]+\]$/i.test(host)) return host.toLowerCase();
  const name = webHost(host, '').hostname;
  // ssh reads names of its own configuration: those may hold what no host name of the web does.
  if (!/^[\w.-]+$/.test(name)) throw bad('E_GIT_HOST', `${host} is no host name`);
  return /^[\w.-]+$/.test(host) ? host : name;
}

function refuseOddPath(path: string): void {
  if (path === '' || path === '/') throw bad('E_GIT_URL', 'it names a host but no repository');
  if (HIDDEN.test(path)) throw bad('E_GIT_URL_CHARS', 'it holds invisible characters');
}

const encodePath = (path: string): string =>
  path.split('/').map(encodeURIComponent).join('/').replaceAll('%7E', '~');

function parseFileUrl(rest: string): GitAddress {
  const path = decode(rest.replace(/^localhost(?=\/)/i, ''));
  if (!path.startsWith('/')) {
    throw bad(
      'E_GIT_URL',
      'file:// is followed by no absolute path',
      'Write file:///path/to/repo.',
    );
  }
  if (HIDDEN.test(path)) throw bad('E_GIT_URL_CHARS', 'it holds invisible characters');
  return localAddress(path);
}
