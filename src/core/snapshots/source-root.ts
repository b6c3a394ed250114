import { realpathSync, lstatSync, statfsSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { toBytes, fsPath, type Bytes } from './path-bytes.ts';
import { fsCode, ioError } from './source-errors.ts';

/** A folder that may be read, with its links resolved. */
export interface SourceRoot {
  /** The folder as the person named it, for messages. */
  shown: string;
  path: Bytes;
}

/** statfs magic numbers from linux/magic.h: file systems whose files are not data. */
const PSEUDO = new Map([
  [0x9fa0, 'proc'],
  [0x62656572, 'sysfs'],
  [0x1cd1, 'devpts'],
  [0x27e0eb, 'cgroup'],
  [0x63677270, 'cgroup2'],
  [0x64626720, 'debugfs'],
  [0x74726163, 'tracefs'],
  [0x73636673, 'securityfs'],
  [0xcafe4a11, 'bpf'],
  [0x6165676c, 'pstore'],
  [0x62656570, 'configfs'],
  [0x19800202, 'mqueue'],
  [0x6e736673, 'nsfs'],
  [0x42494e4d, 'binfmt_misc'],
  [0x65735543, 'fusectl'],
  [0xf97cff8c, 'selinux'],
  [0xde5e81e4, 'efivarfs'],
]);

/** The name of a pseudo file system that holds the path, null for a file system with data. */
export function pseudoFileSystem(path: Bytes): string | null {
  if (path === '/dev') return 'devtmpfs';
  return PSEUDO.get(statfsSync(fsPath(path)).type >>> 0) ?? null;
}

const refused = (folder: string, why: string): AppError =>
  new AppError('E_SOURCE_REFUSED', `${folder} cannot be taken as a snapshot: ${why}.`, {
    next: 'Choose the folder that holds your code.',
  });

function lookUp(folder: string): { path: Bytes; stat: Stats } {
  try {
    const real = realpathSync.native(fsPath(toBytes(resolve(folder))), 'buffer');
    return { path: real.toString('latin1'), stat: lstatSync(real) };
  } catch (error) {
    throw lookUpError(error, folder);
  }
}

function lookUpError(error: unknown, folder: string): unknown {
  const code = fsCode(error);
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError('E_SOURCE_UNREADABLE', `Not allowed to read ${folder}.`, {
      next: 'Change its permissions, or choose another folder.',
    });
  }
  if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'ELOOP') {
    return ioError(error, toBytes(folder));
  }
  return new AppError('E_SOURCE_NOT_FOUND', `There is no folder ${folder}.`, {
    next: 'Check the path.',
  });
}

const isInside = (path: Bytes, folder: Bytes): boolean =>
  path === folder || path.startsWith(`${folder}/`);

/**
 * Resolves a folder and checks that it may be a source.
 * @param dataFolder the app's own data folder, which never is one
 */
export function resolveRoot(folder: string, dataFolder: Bytes): SourceRoot {
  const { path, stat } = lookUp(folder);
  if (!stat.isDirectory()) {
    throw new AppError('E_SOURCE_NOT_FOUND', `${folder} is a file, not a folder.`, {
      next: 'Choose the folder that holds it.',
    });
  }
  if (path === '/') throw refused(folder, 'it is the whole file system');
  if (isInside(path, dataFolder)) throw refused(folder, "it is Slipway's own data folder");
  const pseudo = pseudoFileSystem(path);
  if (pseudo)
    throw refused(folder, `it is no folder of files but a view of the system (${pseudo})`);
  return { shown: folder, path };
}
