/** A repository with some history, and more whenever it is asked for. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { TestRepository } from '../../src/core/sources/git/testing/git-repository.ts';
import { writeTree } from './tree.mjs';

const TREE = { files: 4000, bytes: 40_000_000, seed: 3 };
const COMMITS = 20;
const FILES_A_COMMIT = 12;

/**
 * @param {string} folder
 * @returns {{ head: string, change: () => void }} `head` is the newest commit
 */
export function makeRepository(folder) {
  mkdirSync(folder, { recursive: true });
  writeTree(folder, TREE);
  const repository = new TestRepository(folder);
  repository.commit('the first one');
  const files = repository.git('ls-files').split('\n');
  const made = { head: '' };
  let changes = 0;
  made.change = () => {
    for (let n = 0; n < FILES_A_COMMIT; n++) {
      const file = files[(changes * 797 + n * 331) % files.length];
      appendFileSync(join(folder, file), `# change ${changes} of this file\n`);
    }
    changes++;
    made.head = repository.commit(`change ${changes}`);
  };
  for (let n = 0; n < COMMITS; n++) made.change();
  // As a server keeps it.
  repository.git('repack', '-a', '-d', '--quiet');
  return made;
}
