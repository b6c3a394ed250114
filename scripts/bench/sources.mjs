/**
 * Code from a git repository against a clone of depth 1, both over smart HTTP on the loopback; and how
 * soon the engine says that the image of an unchanged snapshot is there.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { GitHttpServer } from '../../src/core/sources/git/testing/git-http-server.ts';
import { measureImage } from './image.mjs';
import { makeRepository } from './git-repository.mjs';
import { openGit } from './git-sources.mjs';
import { program } from './programs.mjs';
import { ratioResult } from './results.mjs';
import { rounds } from './rounds.mjs';

/** @param {import('./run.mjs').Bench} bench */
export async function measure(bench) {
  await measureGit(bench);
  await measureImage(bench);
}

async function measureGit({ workplace, add, quick, signal }) {
  const served = workplace.folder('served');
  const repository = makeRepository(join(served, 'code'));
  const server = await GitHttpServer.start({ root: served });
  workplace.defer(() => server.stop());
  const address = `${server.url}/code/.git`;
  const clone = join(workplace.folder('clones'), 'code');
  const known = await openGit(workplace.folder('known'));
  workplace.defer(() => known.close());
  let fresh;
  let count = 0;
  const freeze = async (git, ref) => {
    const { source } = await git.sources.freeze({ address, ref }, { signal });
    if (source.commit !== repository.head) throw new Error(`${source.commit} was taken`);
  };
  await freeze(known, 'main');
  const times = await rounds(
    {
      clone: () => program('git', ['clone', '--quiet', '--depth', '1', address, clone], PLAIN),
      first: () => freeze(fresh, 'main'),
      branch: () => freeze(known, 'main'),
      commit: () => freeze(known, repository.head),
      next: () => freeze(known, 'main'),
    },
    {
      count: quick ? 2 : 9,
      signal,
      before: async (name) => {
        await fresh?.close();
        fresh = name === 'first' ? await openGit(workplace.folder(`fresh-${count++}`)) : undefined;
        if (name === 'next') repository.change();
        rmSync(clone, { recursive: true, force: true });
        await program('sync', []);
      },
    },
  );
  const { clone: rival, ...ours } = times;
  const against = 'git clone --depth 1';
  for (const [name, { what, atMost }] of Object.entries(FIGURES)) {
    add(ratioResult(what, { ours: ours[name], rival, against, atMost }));
  }
}

/** Without the settings of the person. */
const PLAIN = { env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } };

const FIGURES = {
  first: { what: 'git: a repository for the first time', atMost: 1.1 },
  next: { what: 'git: a new commit of a known one', atMost: 0.15 },
  branch: { what: 'git: the same commit, by its branch', atMost: 0.05 },
  commit: { what: 'git: the same commit, by its number', atMost: 0.05 },
};
