import type { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import type { ContainerFiles } from './container-files.ts';

const PASSWD_LIMIT = 1024 * 1024;

/**
 * The number of the user that the program of a container runs as, by the container's own
 * `User`: `1000`, `1000:1000`, `name`, `name:group` or nothing, which is root. Null when it is a name
 * that the image's `/etc/passwd` does not tell.
 */
export async function containerUid(
  files: ContainerFiles,
  ref: string,
  user: string,
  signal: AbortSignal,
): Promise<number | null> {
  const [name = ''] = user.split(':');
  if (name === '') return 0;
  if (/^\d{1,10}$/.test(name)) return Number(name);
  const archive = await files.archive(ref, '/etc/passwd', signal);
  return uidOf(name, await firstFile(archive));
}

/** From lines such as `name:x:1000:1000:...`. */
export function uidOf(name: string, passwd: string): number | null {
  const line = passwd.split('\n').find((text) => text.startsWith(`${name}:`));
  const uid = line?.split(':')[2] ?? '';
  return /^\d{1,10}$/.test(uid) ? Number(uid) : null;
}

/** The text of the first plain file of an archive; empty when there is none, or a huge one. */
async function firstFile(archive: Readable): Promise<string> {
  const entries = extract();
  archive.on('error', (error: Error) => entries.destroy(error));
  for await (const entry of archive.pipe(entries)) {
    if (entry.header.type !== 'file' || (entry.header.size ?? 0) > PASSWD_LIMIT) {
      entry.resume();
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }
  return '';
}
