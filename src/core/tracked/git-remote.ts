/** Longest remote that is taken, in characters. */
const LENGTH_LIMIT = 2048;
// Control characters, blanks, and characters that are not seen or turn the direction of reading.
const UNSEEN = /[\0-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const ENCODED_CONTROL = /%(?:[01][0-9a-f]|7f)/i;
const SCP = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?([A-Za-z0-9_][A-Za-z0-9_.-]*):(?!:)(?!\/\/)[^:].*$/;
const HOST = /^(?!-)[\p{L}\p{N}_.-]+$|^\[[0-9A-Fa-f:.]+\]$/u;
const URL_PARTS = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?([^/?#@]*)(\/.*)?$/i;
const HOST_PORT = /^(.*?)(?::(\d{0,5}))?$/;
const USER = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/**
 * The remote without the user name and password of an https URL, and without the password of any
 * other: the SDK leaves `https://user:@host/...` behind, and what a person put there.
 */
export function withoutUserinfo(remote: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@(.*)$/is.exec(remote);
  if (!match) return remote;
  const [, scheme = '', userinfo = '', rest = ''] = match;
  const user = userinfo.split(':')[0];
  return /^https?:/i.test(scheme) || !user ? scheme + rest : `${scheme}${user}@${rest}`;
}

/**
 * Why a recorded remote is refused, or null. Grammar alone: https, ssh (as URL or `user@host:path`)
 * and repositories of this machine. What git must not be given by strangers stays out: its helpers
 * (`ext::`), options in the place of hosts, other transports, control characters.
 */
export function remoteProblem(remote: string): string | null {
  if (remote.length > LENGTH_LIMIT) return 'it is too long';
  if (UNSEEN.test(remote) || ENCODED_CONTROL.test(remote)) {
    return 'it has blanks or characters that cannot be seen';
  }
  if (remote.startsWith('-')) return 'it would be taken for an option';
  if (/^[A-Za-z]:[\\/]/.test(remote)) return 'it is a path of a Windows machine';
  if (remote.startsWith('/')) return hasStep(remote) ? 'it has ".." in its path' : null;
  const url = URL_PARTS.exec(remote);
  if (url) return urlProblem(url);
  if (remote.includes('::')) return 'it names a program that git would run';
  return SCP.test(remote) ? null : 'it is neither https:// nor ssh';
}

function urlProblem([, scheme = '', userinfo, authority = '', path = '']: RegExpExecArray):
  string | null {
  const name = scheme.toLowerCase();
  if (name === 'file') {
    if (authority !== '' || userinfo !== undefined) return 'it names another machine';
    return hasStep(path) ? 'it has ".." in its path' : null;
  }
  if (name !== 'https' && name !== 'ssh') return `git is not used over ${name}`;
  const [, host = '', port] = HOST_PORT.exec(authority) ?? [];
  if (!HOST.test(host)) return 'it has no proper host';
  if (port !== undefined && !isPort(port)) return `the port ${port} does not exist`;
  if (path.length < 2) return 'it has no path';
  return name === 'ssh' && userinfo !== undefined && !USER.test(userinfo)
    ? 'it has no proper user name'
    : null;
}

const isPort = (port: string): boolean => Number(port) >= 1 && Number(port) <= 65_535;

const hasStep = (path: string): boolean => path.split('/').includes('..');
