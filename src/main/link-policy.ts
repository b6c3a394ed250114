const LINK_LIMIT = 2048;

/** Whether an address is one of the app's own pages, compared as a parsed origin. */
export function isOwnPage(address: string, origin: string): boolean {
  const url = parse(address);
  return url !== null && `${url.protocol}//${url.host}` === origin;
}

/** Whether the system may be asked to open a link: https only, no user info, not absurdly long. */
export function isSafeLink(address: string): boolean {
  const url = parse(address);
  if (!url || address.length > LINK_LIMIT) return false;
  return url.protocol === 'https:' && url.username === '' && url.password === '';
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
