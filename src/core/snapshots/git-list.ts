import { AppError } from '../../shared/errors.ts';
import { baseName, parentPath, showBytes, type Bytes } from './path-bytes.ts';
import { byPath } from './tree.ts';

/** One entry of a git tree, as `git ls-tree -r -t -z` tells it. */
export interface GitEntry {
  path: Bytes;
  kind: 'directory' | 'file' | 'link' | 'submodule';
  executable: boolean;
  /** 40 hex digits. */
  oid: string;
}

const LINE = /^(\d{6}) (blob|tree|commit) ([0-9a-f]{40})\t([^]+)$/;
const KINDS: Record<string, GitEntry['kind']> = {
  '040000': 'directory',
  '120000': 'link',
  '160000': 'submodule',
};

/**
 * Reads the list of a tree, given as bytes, and checks that every path can be written safely.
 * Trees are made by hand as well: git itself refuses such paths only when it checks them out.
 * @returns the entries in path order
 * @throws AppError `E_GIT_TREE`
 */
export function readGitList(list: Bytes): GitEntry[] {
  const lines = list.split('\0');
  if (lines.pop() !== '') throw refused('', 'its list is cut off');
  const entries = lines.map(readLine).sort(byPath);
  const folders = new Set(['']);
  let last: Bytes | null = null;
  for (const { path, kind } of entries) {
    if (path === last) throw refused(path, 'it stands there twice');
    if (!folders.has(parentPath(path))) throw refused(path, 'it lies in what is no folder');
    if (kind === 'directory') folders.add(path);
    last = path;
  }
  return entries;
}

function readLine(line: Bytes): GitEntry {
  const [, mode = '', type = '', oid = '', path = ''] = LINE.exec(line) ?? [];
  const kind = KINDS[mode] ?? 'file';
  if (path === '' || type !== typeOf(kind)) throw refused(path, 'it is of an unknown kind');
  // The folders above have entries of their own.
  checkName(baseName(path), path);
  const executable = kind === 'file' && (Number.parseInt(mode, 8) & 0o100) !== 0;
  return { path, kind, executable, oid };
}

const typeOf = (kind: GitEntry['kind']): string =>
  kind === 'directory' ? 'tree' : kind === 'submodule' ? 'commit' : 'blob';

const ASCII = /^[\x01-\x7f]*$/;

/** Names that would lead out of the folder, or into a repository, as some file systems read them. */
function checkName(name: Bytes, path: Bytes): void {
  if (name === '' || name === '.' || name === '..') throw refused(path, 'it leads elsewhere');
  if (!/git/i.test(name) && name.length <= 255 && ASCII.test(name)) return;
  const plain = name.replace(/\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xaa-\xaf]|\xef\xbb\xbf/g, '');
  if (/^(?:\.git|git~1)[ .]*(?::.*)?$/is.test(plain))
    throw refused(path, 'it is a part of git itself');
  if (Buffer.byteLength(name, 'latin1') > 255) throw refused(path, 'its name is too long');
}

const refused = (path: Bytes, why: string): AppError =>
  new AppError('E_GIT_TREE', `The commit holds an entry that is refused: ${why}.`, {
    next: 'Somebody made this commit by hand. Do not use it, or tell who runs the repository.',
    detail: showBytes(path.slice(0, 500)),
  });
