/** The host of a repository that asks for user name and password; null for ssh, which asks for a key. */
export function gitHost(address: string): string | null {
  const url = URL.parse(address.trim());
  return url && /^https?:$/.test(url.protocol) ? url.hostname : null;
}

/** The registry of an image, as Docker reads it: Docker Hub unless the first part looks like a host. */
export function registryHost(reference: string): string {
  const [first = '', ...rest] = reference.trim().split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost ? first.toLowerCase() : 'docker.io';
}
