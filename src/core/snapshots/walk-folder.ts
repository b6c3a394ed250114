import type { Stats } from 'node:fs';
import type { GitLayer } from './ignore-rules.ts';
import type { OpenFolder } from './left-out.ts';
import type { Bytes } from './path-bytes.ts';
import type { FoundEntry } from './scan.ts';

/** A folder on its way through a walk. */
export interface Folder {
  path: Bytes;
  /** As node:fs needs it, in bytes. */
  real: Bytes;
  stat: Stats;
  parent: Folder | null;
  layers: GitLayer | null;
  open: OpenFolder | null;
  /** True when the folder would be out but for what is tracked in it. */
  onlyTracked: boolean;
  /** True once the folder is an entry itself. */
  listed: boolean;
}

/** Why something that is not tracked is out wherever it stands; null for nearly all. */
export const beside = ({ onlyTracked }: Folder): string | null =>
  onlyTracked ? 'in a folder that is left out but for what git tracks' : null;

export type Kind = FoundEntry['kind'] | 'special';

/** An entry as it was listed. */
export interface Seen {
  path: Bytes;
  real: Bytes;
  stat: Stats;
  kind: Kind;
}
