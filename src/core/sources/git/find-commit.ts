import { AppError } from '../../../shared/errors.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import { checkRef, isFullCommit, isShortCommit } from './git-ref.ts';
import type { GitRequest, ResolvedGit } from './git-types.ts';
import { parseGitAddress, type GitAddress } from './git-url.ts';
import { completeCommit } from './history.ts';
import type { Mirror } from './mirror.ts';
import type { RemoteRefs } from './remote-refs.ts';
import { meaningOf, readLink, refNotFound } from './resolve-ref.ts';
import type { RefPath, WebLink } from './web-url.ts';
import type { Workshop } from './workshop.ts';

/** A commit with the mirror it is fetched into. */
export interface Found {
  mirror: Mirror;
  resolved: ResolvedGit;
}

interface Spot extends RefPath {
  isFile: boolean;
}

/** See `GitSources.resolve`. */
export async function findCommit(
  workshop: Workshop,
  request: GitRequest,
  control: Control,
): Promise<Found> {
  const ref = request.ref === null || request.ref === undefined ? null : checkRef(request.ref);
  const address = parseGitAddress(request.address);
  const remote = await workshop.remote(address, control.signal);
  const mirror = workshop.mirror(remote);
  const finder = new Finder(workshop, mirror, control);
  const spot = await finder.spot(address.web, ref);
  const asked = spot?.ref ?? ref;
  const { commit, notes } = await finder.commit(asked);
  if (address.login) await finder.reach();
  const kept = await keepLogin(workshop, address, control.signal);
  return {
    mirror,
    resolved: {
      remote: remote.address,
      ref: asked,
      commit,
      ...placeOf(spot),
      notes: [...remote.notes, ...kept, ...notes],
    },
  };
}

/** Looks at what the remote has, once and only if it must. */
class Finder {
  readonly #workshop: Workshop;
  readonly #mirror: Mirror;
  readonly #control: Control;
  #refs: RemoteRefs | null = null;

  constructor(workshop: Workshop, mirror: Mirror, control: Control) {
    this.#workshop = workshop;
    this.#mirror = mirror;
    this.#control = control;
  }

  /** What a pasted address points at; a ref that was given counts more than the one in it. */
  async spot(link: WebLink | null, ref: string | null): Promise<Spot | null> {
    if (!link) return null;
    const { candidates, isFile } = link;
    if (ref !== null) {
      const path = candidates.find((candidate) => candidate.ref === ref)?.path;
      return { ref, path: path ?? candidates.at(-1)?.path ?? '', isFile };
    }
    const only = candidates.length === 1 ? candidates[0] : undefined;
    const first = candidates.at(-1);
    const found = only ?? readLink(candidates, await this.#list());
    if (found) return { ...found, isFile };
    if (first && isShortCommit(first.ref)) return { ...first, isFile };
    throw refNotFound(first?.ref ?? '', await this.#list(), this.#mirror.remote.address);
  }

  async commit(ref: string | null): Promise<{ commit: string; notes: string[] }> {
    if (ref !== null && isFullCommit(ref)) return { commit: ref.toLowerCase(), notes: [] };
    const refs = await this.#list();
    const remote = this.#mirror.remote.address;
    const meaning = meaningOf(ref, refs, remote);
    if (meaning.kind === 'commit') return meaning;
    const { git } = this.#workshop;
    const { digits } = meaning;
    const commit = await completeCommit(git, this.#mirror, digits, this.#control);
    if (commit === null) throw refNotFound(digits, refs, remote);
    return { commit, notes: [] };
  }

  /** Proves that the remote lets us in. */
  async reach(): Promise<void> {
    await this.#list();
  }

  async #list(): Promise<RemoteRefs> {
    this.#refs ??= await this.#mirror.list(this.#control);
    return this.#refs;
  }
}

function placeOf(spot: Spot | null): { context: string | null; file: string | null } {
  if (!spot) return { context: null, file: null };
  if (!spot.isFile) return { context: spot.path || null, file: null };
  const folder = spot.path.split('/').slice(0, -1).join('/');
  return { context: folder || null, file: spot.path || null };
}

/** Puts a login that stood in the address, and that worked, where it belongs. */
async function keepLogin(
  { options }: Workshop,
  { hostPort, login }: GitAddress,
  signal: AbortSignal,
): Promise<string[]> {
  if (!login) return [];
  const told = 'The address held a password or token; it is stored without it.';
  try {
    await options.credentials.set(hostPort, login, signal);
    return [`${told} The login for ${hostPort} is kept with the secrets.`];
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'E_CANCELLED') throw error;
    return [`${told} The login could not be kept: ${error.message}`];
  }
}
