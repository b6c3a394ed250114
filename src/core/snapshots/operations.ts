import { exportArchive } from './archive-export.ts';
import { importArchive } from './archive-import.ts';
import { buildContext } from './build-context.ts';
import { forgetOthers, giveBack } from './collect-garbage.ts';
import { compareFile } from './compare-file.ts';
import { compareTrees } from './compare-trees.ts';
import { examine } from './examine.ts';
import { freeze } from './freeze.ts';
import { freezeClone } from './freeze-clone.ts';
import { composeGit } from './git-compose.ts';
import { freezeGit } from './git-freeze.ts';
import { gitTree } from './git-index.ts';
import { inspectFolder, inspectTree } from './inspect.ts';
import { preview } from './preview.ts';
import type { OperationName, Operations } from './protocol.ts';
import { readEntry } from './read-entry.ts';
import { storeRoom } from './store-room.ts';
import type { Store } from './store.ts';
import { toTreeEntry } from './tree.ts';
import type { WorkControl } from './work-control.ts';
import { writeBack } from './write-back.ts';

type Answer<Name extends OperationName> = Operations[Name]['output'];

/** One kind of request: what it is called when it is cancelled, and the work. */
export interface Operation<Name extends OperationName> {
  title: string;
  /** It stores content: two at once would read the same disk and store the same content twice. */
  inTurn?: boolean;
  run(
    store: Store,
    input: Operations[Name]['input'],
    control: WorkControl,
  ): Promise<Answer<Name>> | Answer<Name>;
}

/** All requests but the one that answers with a stream. */
type Table = { [Name in Exclude<OperationName, 'tar'>]: Operation<Name> };

export const OPERATIONS: Table = {
  preview: {
    title: 'Looking through the folder',
    run: (store, { folder, options }, control) => preview(store, folder, options, control),
  },
  freeze: {
    title: 'Taking the snapshot',
    inTurn: true,
    run: (store, { folder, options }, control) => freeze(store, folder, options, control),
  },
  entries: {
    title: 'Listing the snapshot',
    run: (store, { digest, limit }) => store.trees.nodes(digest).slice(0, limit).map(toTreeEntry),
  },
  examine: {
    title: 'Looking through the snapshot',
    run: (store, { digest, request }) => examine(store, digest, request),
  },
  inspectTree: {
    title: 'Looking through the code',
    run: (store, { digest, request }, control) => inspectTree(store, digest, request, control),
  },
  inspectFolder: { title: 'Looking through the folder', run: inspectFolder },
  buildContext: {
    title: 'Looking through the build context',
    run: (store, { digest, build }) => buildContext(store, digest, build),
  },
  readFile: {
    title: 'Reading the file',
    run: (store, { digest, path, limit }) => readEntry(store, digest, path, limit),
  },
  compareTrees: {
    title: 'Comparing the snapshots',
    run: ({ trees }, { before, after, limit }) =>
      compareTrees(trees.nodes(before), trees.nodes(after), limit),
  },
  compareFile: { title: 'Comparing the file', run: compareFile },
  exportArchive: { title: 'Writing the archive', run: exportArchive },
  importArchive: {
    title: 'Taking in the archive',
    inTurn: true,
    run: (store, { file }, control) => importArchive(store, file, control),
  },
  writeTo: {
    title: 'Writing the snapshot back',
    run: (store, { digest, folder }, control) => writeBack(store, digest, folder, control),
  },
  gitTree: { title: 'Looking for the commit', run: (store, { key }) => gitTree(store, key) },
  freezeGit: { title: 'Reading the commit', inTurn: true, run: freezeGit },
  composeGit: { title: 'Putting the commit together', inTurn: true, run: composeGit },
  freezeClone: { title: 'Taking the snapshot', inTurn: true, run: freezeClone },
  storeRoom: {
    title: 'Measuring the snapshots',
    run: (store, { needed }, control) => storeRoom(store, needed, control),
  },
  forgetOthers: {
    title: 'The clean-up',
    inTurn: true,
    run: async (store, { needed }, control) => {
      await forgetOthers(store, needed, control);
      return null;
    },
  },
  giveBack: {
    title: 'The clean-up',
    inTurn: true,
    run: async (store, request, control) => {
      await giveBack(store, request, control);
      return null;
    },
  },
  remotes: {
    title: 'Looking for submodules',
    run: ({ git }, { trees }) => git.remotesOf(trees),
  },
};

export const titleOf = (name: OperationName): string =>
  name === 'tar' ? 'Packing the snapshot' : OPERATIONS[name].title;
