import { AppError } from '../../../shared/errors.ts';
import type { CreateRequest } from '../engine.ts';
import { plain } from './check-run.ts';
import type { ContainerFiles } from './container-files.ts';
import type { ContainerAnswer } from './schemas.ts';

/**
 * What is put into the container goes where its paths lead. Those of mounts must lead nowhere else, or
 * secrets could end up in a folder of this machine.
 * @throws AppError `E_MOUNT`
 */
export async function requirePlainMounts(
  files: ContainerFiles,
  container: ContainerAnswer,
  request: CreateRequest,
  signal: AbortSignal,
): Promise<void> {
  const targets = request.run.mounts.map(({ target }) => target);
  if (targets.length === 0) return;
  const code = request.files.length > 0 ? [container.Config.WorkingDir || '/'] : [];
  for (const path of [...targets, ...code]) {
    const link = await linkOn(files, container.Id, path, signal);
    if (link === null) continue;
    throw new AppError(
      'E_MOUNT',
      `Nothing can be mounted for "${path}": "${link}" is a link in the image.`,
      {
        next: 'Name the folder that the link leads to.',
      },
    );
  }
}

/** The first folder on the way to a path that is a link, or the path itself. */
async function linkOn(
  files: ContainerFiles,
  ref: string,
  path: string,
  signal: AbortSignal,
): Promise<string | null> {
  const parts = plain(path).split('/').slice(1);
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const above = `/${parts.slice(0, depth).join('/')}`;
    if ((await files.stat(ref, above, signal))?.kind === 'link') return above;
  }
  return null;
}
