import type { LeftOut } from '../../shared/domain/snapshot.ts';
import { showBytes, type Bytes } from './path-bytes.ts';

/** At most this many are listed; all are counted. */
const LISTED = 1000;

interface Omission extends Omit<LeftOut, 'path'> {
  path: Bytes;
}

/**
 * A folder that a rule leaves out although a later rule may take back something inside. What is left
 * out inside is told one by one only when something inside does go in.
 */
export class OpenFolder {
  readonly omission: Omission;
  readonly within: OpenFolder | null;
  readonly inside: Omission[] = [];
  insideCount = 0;
  holdsSomething = false;

  constructor(omission: Omission, within: OpenFolder | null) {
    this.omission = omission;
    this.within = within;
  }
}

/** Gathers what is left out of a snapshot. */
export class LeftOutList {
  readonly #listed: Omission[] = [];
  readonly #open: OpenFolder[] = [];
  #count = 0;

  add(omission: Omission, within: OpenFolder | null): void {
    if (within) {
      within.insideCount++;
      if (within.inside.length < LISTED) within.inside.push(omission);
      return;
    }
    this.#count++;
    if (this.#listed.length < LISTED) this.#listed.push(omission);
  }

  open(omission: Omission, within: OpenFolder | null): OpenFolder {
    const folder = new OpenFolder(omission, within);
    this.#open.push(folder);
    return folder;
  }

  /** In path order. */
  finish(): { leftOut: LeftOut[]; leftOutCount: number } {
    for (const folder of this.#open) this.#close(folder);
    const leftOut = this.#listed
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
      .map((omission) => ({ ...omission, path: showBytes(omission.path) }));
    return { leftOut, leftOutCount: this.#count };
  }

  #close({ within, holdsSomething, omission, inside, insideCount }: OpenFolder): void {
    if (within && !within.holdsSomething) return;
    const told = holdsSomething ? inside : [omission];
    this.#count += holdsSomething ? insideCount : 1;
    this.#listed.push(...told.slice(0, LISTED - this.#listed.length));
  }
}
