import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Host part of the app's own addresses. */
export const APP_HOST = 'slipway';

/** The file behind an address, only when it really (links resolved) lies in `root`. */
export async function fileOf(root: string, address: string): Promise<string | null> {
  const url = new URL(address);
  if (url.host !== APP_HOST) return null;
  try {
    const inside = await realpath(root);
    const file = await realpath(join(inside, decodeURIComponent(url.pathname)));
    return file.startsWith(inside + sep) ? file : null;
  } catch {
    return null;
  }
}
