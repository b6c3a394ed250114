/**
 * What a login for a repository is kept for: its host, with the port unless it is that of https. Null
 * for ssh, which asks for a key.
 */
export function gitHost(address: string): string | null {
  const url = URL.parse(address.trim());
  if (url?.protocol === 'http:') return `${url.hostname}:${url.port || '80'}`;
  return url?.protocol === 'https:' ? url.host : null;
}

/** The registry of an image, as Docker reads it: Docker Hub unless the first part looks like a host. */
export function registryHost(reference: string): string {
  const [first = '', ...rest] = reference.trim().split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost ? first.toLowerCase() : 'docker.io';
}
