import { basename } from 'node:path';
import { parseEntryPoint } from '../detect/entry-point.ts';
import { parseGitAddress } from '../sources/git/git-url.ts';
import { folderJobName, gitJobName, imageJobName } from './job-names.ts';
import type { SourceRequest } from './job-request.ts';

/** The name of a job from a folder: from the path as it was typed, else from the folder's own name. */
export const nameOfFolder = (
  { uri, folder }: { uri?: string | undefined; folder: string },
  entryPoint: readonly string[],
): string => folderJobName(uri ?? basename(folder), entryPoint);

/**
 * The name that a job will get when it is given none, as far as it can be told before anything is
 * fetched; empty while address, reference or entry point cannot be read.
 */
export function deriveJobName(source: SourceRequest, entryPoint: string | undefined): string {
  try {
    const words = entryPoint?.trim() ? parseEntryPoint(entryPoint) : [];
    switch (source.kind) {
      case 'folder':
        return nameOfFolder(source, words);
      case 'git':
        return gitJobName(parseGitAddress(source.address).remote, words);
      case 'image':
        return imageJobName(source.reference);
    }
  } catch {
    return '';
  }
}
