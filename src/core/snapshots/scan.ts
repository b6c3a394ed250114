import type { Stats } from 'node:fs';
import type { LeftOut, TreeEntry } from '../../shared/domain/snapshot.ts';
import type { Bytes } from './path-bytes.ts';
import type { FileFacts } from './read-file.ts';

/** An entry that goes in. */
export interface FoundEntry {
  path: Bytes;
  kind: TreeEntry['kind'];
  facts: FileFacts;
  /** The target of a link, empty otherwise. */
  target: Bytes;
  /** True when its content decided what is in or out, so that a change asks for a new walk. */
  decisive: boolean;
}

/** A path with what was seen of it: when it changes, the folder must be walked again. */
export interface Watched {
  path: Bytes;
  facts: FileFacts;
}

/** What a walk found; paths are relative to `root`. */
export interface Scan {
  root: Bytes;
  /** Wall time in ms before the first look: what changed shortly before it may change unseen. */
  startedAt: number;
  /** In path order. */
  entries: FoundEntry[];
  folders: Watched[];
  /** Files that are out but decided something. */
  watched: Watched[];
  files: number;
  bytes: number;
  /** At most 1,000. */
  leftOut: LeftOut[];
  leftOutCount: number;
  notes: string[];
  unreadable: Bytes[];
  /** Names that were listed and gone a moment later. */
  vanished: Bytes[];
}

/** The kind of what `lstat` saw. */
export function kindOf(stat: Stats): LeftOut['kind'] {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'directory';
  return stat.isSymbolicLink() ? 'link' : 'special';
}

export function specialName(stat: Stats): string {
  if (stat.isFIFO()) return 'a named pipe';
  return stat.isSocket() ? 'a socket' : 'a device';
}

export const isExecutable = (facts: FileFacts): boolean => (facts.mode & 0o100) !== 0;
