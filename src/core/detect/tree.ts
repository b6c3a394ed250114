import { posix } from 'node:path';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { editDistance } from '../near-names.ts';

/** Looks things up among the entries of a snapshot. Paths start at its root. */
export class Tree {
  readonly #entries: ReadonlyMap<string, TreeEntry>;

  constructor(entries: readonly TreeEntry[]) {
    this.#entries = new Map(entries.map((entry) => [entry.path, entry]));
  }

  /** The file or link at a path as a person writes it (`./a//b.py`), or null. */
  find(path: string): TreeEntry | null {
    const entry = this.#entries.get(normal(path));
    return entry && entry.kind !== 'directory' ? entry : null;
  }

  /** A link's target is not known here, nor what is inside of it. */
  isBehindLink(path: string): boolean {
    const parts = normal(path).split('/');
    return parts.some(
      (_, index) => this.#entries.get(parts.slice(0, index).join('/'))?.kind === 'link',
    );
  }

  /** Whether the first part of a dotted module name is a module or package of the code. */
  ownsModule(name: string): boolean {
    const [top = ''] = name.split('.');
    return this.#entries.has(top) || this.#entries.has(`${top}.py`);
  }

  /** Whether `python -m name` finds a module to run in the code. */
  hasModule(name: string): boolean {
    const path = name.replaceAll('.', '/');
    if (this.isBehindLink(`${path}/__main__.py`)) return true;
    return this.find(`${path}.py`) !== null || this.find(`${path}/__main__.py`) !== null;
  }
}

/** Without `./` and the like; the root is `.`. */
const normal = (path: string): string => posix.normalize(path).replace(/(?<=.)\/$/, '');

const OFFERS = 5;
const NEAR = 3;

/** Up to five files a person may have meant: same name elsewhere, a similar name, the same kind. */
export function near(path: string, entries: readonly TreeEntry[]): string[] {
  const wanted = posix.basename(path).toLowerCase();
  const extension = posix.extname(path);
  return entries
    .filter((entry) => entry.kind === 'file' && posix.extname(entry.path) === extension)
    .map((entry) => ({ path: entry.path, rank: rank(entry.path, wanted) }))
    .toSorted((a, b) => a.rank - b.rank || a.path.length - b.path.length)
    .slice(0, OFFERS)
    .map((offer) => offer.path);
}

/** Similar names come before all others, and those by depth. */
function rank(path: string, wanted: string): number {
  const name = posix.basename(path).toLowerCase();
  const far = NEAR + path.split('/').length;
  if (Math.abs(name.length - wanted.length) > NEAR) return far;
  const steps = editDistance(name, wanted);
  return steps <= NEAR ? steps : far;
}
