import { createReadStream } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { checkSize } from './git-freeze.ts';
import { storeContent } from './git-objects.ts';
import type { Additions, GitKey, GitTree } from './git-snapshots.ts';
import { joinPath, showBytes, type Bytes } from './path-bytes.ts';
import { PipeReader } from './pipe-reader.ts';
import { SOURCE_LIMITS } from './source-limits.ts';
import { storeTree } from './store-tree.ts';
import type { Store } from './store.ts';
import { byPath, type TreeNode } from './tree.ts';
import type { WorkControl } from './work-control.ts';

type Content = Pick<TreeNode, 'size' | 'content'>;

interface Request {
  base: string;
  additions: Additions;
  key: GitKey | null;
}

/** See `GitSnapshots.composeGit`. */
export async function composeGit(
  store: Store,
  { base, additions, key }: Request,
  control: WorkControl,
): Promise<GitTree> {
  const files = await storeFiles(store, additions.files, control);
  const own = store.trees.nodes(base).map((node) => ({ ...node, ...files.get(node.path) }));
  const others = additions.submodules.flatMap(({ path, tree }) => placed(store, path, tree));
  const nodes = [...own, ...others].sort(byPath);
  checkSize(nodes, SOURCE_LIMITS);
  const stored = await storeTree(store, nodes, (tree) => {
    if (key) store.git.addCommit(key.key, { tree, facts: key.facts });
  });
  return { digest: stored.digest, files: stored.files, bytes: stored.bytes };
}

const placed = (store: Store, folder: Bytes, tree: string): TreeNode[] =>
  store.trees.nodes(tree).map((node) => ({ ...node, path: joinPath(folder, node.path) }));

async function storeFiles(
  store: Store,
  files: Additions['files'],
  control: WorkControl,
): Promise<Map<Bytes, Content>> {
  const contents = new Map<Bytes, Content>();
  const writer = new ChunkWriter(store.db);
  try {
    for (const { path, file, oid, size } of files) {
      await control.breathe();
      await storeFile(writer, { path, file, oid, size });
      contents.set(path, { size, content: oid });
    }
    await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  return contents;
}

async function storeFile(writer: ChunkWriter, wanted: Additions['files'][number]): Promise<void> {
  if (writer.has(wanted.oid)) return;
  const content = createReadStream(wanted.file, { highWaterMark: 2 ** 18 });
  try {
    const { sha } = await storeContent(new PipeReader(content), wanted.size, writer);
    if (sha !== wanted.oid) throw notItself(wanted.path);
  } finally {
    content.destroy();
  }
}

const notItself = (path: Bytes): AppError =>
  new AppError('E_GIT_DAMAGED', `The LFS file ${showBytes(path)} is not what its pointer says.`, {
    next: 'Try again; if it stays so, the LFS server holds a wrong file.',
  });
