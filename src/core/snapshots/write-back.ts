import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { BlobReader } from './blob-reader.ts';
import { fsPath, parentPath, toBytes, type Bytes } from './path-bytes.ts';
import { fsCode, ioError } from './source-errors.ts';
import type { Store } from './store.ts';
import type { TreeNode } from './tree.ts';
import type { WorkControl } from './work-control.ts';

// Only ever a new file, never through a link.
const FRESH =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Writes a tree into a new or empty folder and returns the number of files. When it fails or is
 * cancelled, everything it wrote is removed again.
 */
export async function writeBack(
  { trees, blobs }: Store,
  digest: string,
  folder: string,
  control: WorkControl,
): Promise<number> {
  const nodes = trees.nodes(digest);
  control.check();
  const target = new Target(blobs);
  try {
    target.open(folder);
    return await target.write(nodes, control);
  } catch (error) {
    target.undo();
    throw error;
  }
}

class Target {
  readonly #blobs: BlobReader;
  /** Everything made so far, in order. */
  readonly #made: { path: Bytes; isFolder: boolean }[] = [];
  /** Inodes of the folders that were made: a folder that is another one now was swapped. */
  readonly #inodes = new Map<Bytes, number>();
  #root: Bytes = '';

  constructor(blobs: BlobReader) {
    this.#blobs = blobs;
  }

  open(folder: string): void {
    const wanted = toBytes(resolve(folder));
    this.#makeMissing(wanted);
    this.#root = realpathSync.native(fsPath(wanted), 'buffer').toString('latin1');
    const names = this.#try('', () => readdirSync(fsPath(this.#root), 'latin1'));
    if (names.length > 0) throw notEmpty(folder, 'is not empty');
    this.#inodes.set('', lstatSync(fsPath(this.#root)).ino);
  }

  async write(nodes: readonly TreeNode[], control: WorkControl): Promise<number> {
    let files = 0;
    for (const [done, node] of nodes.entries()) {
      await control.breathe();
      control.progress('Writing files', done, nodes.length);
      this.#checkParent(node.path);
      this.#try(node.path, () => this.#writeNode(node, control));
      if (node.kind === 'file') files++;
    }
    return files;
  }

  /** Removes what was made, newest first. What somebody else put there stays. */
  undo(): void {
    for (const { path, isFolder } of this.#made.reverse()) {
      try {
        if (isFolder) rmdirSync(fsPath(path));
        else unlinkSync(fsPath(path));
      } catch {
        // Removed or filled by somebody else; the failure that led here is the one to report.
      }
    }
  }

  #makeMissing(folder: Bytes): void {
    const missing: Bytes[] = [];
    let at = folder;
    while (at !== '' && !this.#exists(at)) {
      missing.push(at);
      at = parentPath(at);
    }
    for (const path of missing.reverse()) {
      this.#try(path, () => mkdirSync(fsPath(path)));
      this.#made.push({ path, isFolder: true });
    }
  }

  #exists(path: Bytes): boolean {
    const stat = this.#try(path, () => lstatSync(fsPath(path), { throwIfNoEntry: false }));
    return stat !== undefined;
  }

  /** Every write is checked again: a folder on the way may have been swapped for a link. */
  #checkParent(path: Bytes): void {
    const parent = parentPath(path);
    const now = lstatSync(fsPath(this.#real(parent)), { throwIfNoEntry: false });
    if (now?.isDirectory() && now.ino === this.#inodes.get(parent)) return;
    throw new AppError('E_SOURCE_CHANGED', 'The target folder was changed while it was written.', {
      next: 'Choose a folder that no other program writes to.',
    });
  }

  #real(path: Bytes): Bytes {
    return path === '' ? this.#root : `${this.#root}/${path}`;
  }

  #writeNode(node: TreeNode, control: WorkControl): void {
    const path = this.#real(node.path);
    if (node.kind === 'file') return this.#writeFile(path, node, control);
    if (node.kind === 'link') symlinkSync(fsPath(node.content), fsPath(path));
    else mkdirSync(fsPath(path));
    this.#made.push({ path, isFolder: node.kind === 'directory' });
    if (node.kind === 'directory') this.#inodes.set(node.path, lstatSync(fsPath(path)).ino);
  }

  #writeFile(path: Bytes, { content, size, executable }: TreeNode, control: WorkControl): void {
    const fd = openSync(fsPath(path), FRESH, executable ? 0o755 : 0o644);
    this.#made.push({ path, isFolder: false });
    try {
      for (const piece of this.#blobs.pieces(content, size)) {
        control.check();
        for (let at = 0; at < piece.length;) at += writeSync(fd, piece, at);
      }
    } finally {
      closeSync(fd);
    }
  }

  #try<T>(path: Bytes, action: () => T): T {
    try {
      return action();
    } catch (error) {
      const code = fsCode(error);
      if (code === 'EEXIST') throw notEmpty(path || '.', 'holds an entry of this name already');
      if (code === 'ENOTDIR') throw notEmpty(path || '.', 'is not a folder');
      throw ioError(error, path);
    }
  }
}

const notEmpty = (folder: string, why: string): AppError =>
  new AppError('E_TARGET_NOT_EMPTY', `${folder} ${why}.`, {
    next: 'Choose a new or an empty folder.',
  });
