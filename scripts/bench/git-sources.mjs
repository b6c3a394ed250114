/** Git sources on a data folder of the bench's own. */
import { join } from 'node:path';
import { openSnapshots } from '../../src/core/snapshots/open-snapshots.ts';
import { createGitSources } from '../../src/core/sources/git/git-sources.ts';
import { inRoot } from '../lib/paths.mjs';
import { workerFile } from './core.mjs';

const NO_LOGINS = {
  get: async () => null,
  set: async () => {},
  sshKey: async () => null,
};

/** With a worker that is there, as it is when a person has looked at anything before. */
export async function openGit(folder) {
  const snapshots = openSnapshots({ file: join(folder, 'snapshots.db'), workerFile });
  const sources = createGitSources({
    folder: join(folder, 'git'),
    scripts: inRoot('resources'),
    snapshots,
    credentials: NO_LOGINS,
  });
  await snapshots.gitTree('nothing');
  return { sources, close: () => snapshots.close() };
}
