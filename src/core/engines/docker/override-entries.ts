import { posix } from 'node:path';
import type { Mount } from '../../../shared/domain/launch-spec.ts';
import type { DeliveredFile } from '../engine.ts';
import { overrideParts, overrideRefused } from '../override-path.ts';
import { isBelow, plain } from './check-run.ts';
import type { ContainerFiles } from './container-files.ts';
import type { TarEntry } from './tar-archive.ts';

/** Where in a container files are put over the code. */
export interface Place {
  files: ContainerFiles;
  ref: string;
  /** The folder of the code in the container. */
  code: string;
  uid: number;
  mounts: Mount[];
}

/**
 * The files with the folders that they need and that are not there.
 * @throws AppError `E_OVERRIDE_FILE`
 */
export async function overrideEntries(
  place: Place,
  files: readonly DeliveredFile[],
  signal: AbortSignal,
): Promise<TarEntry[]> {
  const made = new Map<string, TarEntry>();
  for (const { path, bytes } of files) {
    const parts = overrideParts(path);
    requireNoMount(place, path, parts);
    for (let depth = 1; depth < parts.length; depth += 1) {
      const above = parts.slice(0, depth).join('/');
      if (made.get(above)?.bytes) throw overrideRefused(path, `"${above}" is no folder`);
      if (made.has(above) || (await isFolder(place, path, above, signal))) continue;
      made.set(above, { path: above, bytes: null, mode: 0o755, uid: place.uid });
    }
    const name = parts.join('/');
    const there = await place.files.stat(place.ref, posix.join(place.code, name), signal);
    if (there?.kind === 'folder') throw overrideRefused(path, 'there is a folder of that name');
    // A link is replaced, never followed.
    const mode = there?.kind === 'file' ? there.mode : 0o644;
    made.set(name, { path: name, bytes, mode, uid: place.uid });
  }
  return [...made.values()];
}

/** False when nothing is there. */
async function isFolder(
  { files, ref, code }: Place,
  path: string,
  above: string,
  signal: AbortSignal,
): Promise<boolean> {
  const there = await files.stat(ref, posix.join(code, above), signal);
  if (there === null || there.kind === 'folder') return there !== null;
  const what = there.kind === 'link' ? 'a link' : 'no folder';
  throw overrideRefused(path, `"${above}" is ${what}`);
}

/** A file there would be written into a folder of this machine. */
function requireNoMount({ code, mounts }: Place, path: string, parts: string[]): void {
  const full = posix.join(code, ...parts);
  const mount = mounts.find(({ target }) => isBelow(`${full}/`, plain(target)));
  if (mount) throw overrideRefused(path, `a folder of this machine is mounted at ${mount.target}`);
}
