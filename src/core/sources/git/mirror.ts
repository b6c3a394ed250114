import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import { gitError, type GitResult } from './git-errors.ts';
import type { Reach } from './git-environment.ts';
import { withLock } from './mirror-lock.ts';
import { readRemoteRefs, type RemoteRefs } from './remote-refs.ts';
import type { GitRunner } from './run-git.ts';

/** More than this is not fetched: packed content alone would pass what a snapshot may hold. */
const MAX_BYTES = 5e9;

/** A remote as git is told to reach it. */
export interface Remote {
  /** As it is stored. */
  address: string;
  /** As git is given it: differs for local paths. */
  url: string;
  reach: Reach;
  /** What stood in the way of reaching it as was wanted. */
  notes: string[];
}

/**
 * Our own bare repository of what was fetched from one remote: single commits without their
 * history. A commit that was fetched completely has the ref `refs/slipway/<commit>`.
 */
export class Mirror {
  readonly remote: Remote;
  readonly gitDir: string;
  readonly #git: GitRunner;

  constructor(git: GitRunner, folder: string, remote: Remote) {
    this.#git = git;
    this.remote = remote;
    const name = createHash('sha256').update(remote.address).digest('hex');
    this.gitDir = join(folder, `${name}.git`);
  }

  /** Makes the repository when it is not there. */
  async #prepare(control: Control): Promise<void> {
    if (!isRepository(this.gitDir)) await this.#alone(control, async () => undefined);
  }

  has(commit: string): boolean {
    return existsSync(join(this.gitDir, refOf(commit)));
  }

  /** Asks the remote what it has. */
  async list(control: Control): Promise<RemoteRefs> {
    control.onProgress?.({ text: 'Asking the remote', done: 0, total: null });
    await this.#prepare(control);
    const args = ['ls-remote', '--symref', '--', this.remote.url];
    const result = await this.#reach(args, control);
    if (result.status !== 0) throw this.error(result);
    const refs = readRemoteRefs(result.stdout);
    if (refs.all.size === 0) await this.#checkServer(args, control);
    return refs;
  }

  /** git takes a page of one line for an empty repository, if the server does not speak as one of git. */
  async #checkServer(args: string[], control: Control): Promise<void> {
    const { address, reach } = this.remote;
    if (reach.transport !== 'https' && reach.transport !== 'http') return;
    const env = { GIT_TRACE_PACKET: '1' };
    const call = { args, gitDir: this.gitDir, reach, maxBytes: MAX_BYTES, env };
    const { status, stderr } = await this.#git.run(call, control);
    if (status !== 0 || /packet:.*< /.test(stderr)) return;
    throw new AppError('E_GIT_NOT_FOUND', `No git server answers at ${address}.`, {
      next: 'It sends something else, such as a web page. Check the address: it is the one to clone from.',
    });
  }

  /**
   * Fetches a commit without its history, unless it is here. Returns false when the remote does not
   * have it, or does not hand out commits by their number.
   */
  async fetchCommit(commit: string, control: Control): Promise<boolean> {
    if (this.has(commit)) return true;
    return this.#alone(control, async () => {
      if (this.has(commit)) return true;
      const result = await this.#fetch(['--depth=1'], [`+${commit}:${refOf(commit)}`], control);
      if (result.status === 0) return true;
      if (!NOT_THERE.test(result.stderr)) throw this.error(result);
      return this.#fetchAll(commit, control);
    });
  }

  /** Removes a mirror that turned out to be damaged; the next fetch makes it anew. */
  async discard(control: Control): Promise<void> {
    await this.#alone(control, () => rm(this.gitDir, { recursive: true, force: true }));
  }

  error(result: GitResult): AppError {
    const { address, notes } = this.remote;
    const error = gitError(result, address);
    if (notes.length === 0) return error;
    const { code, message, next = '', detail = '' } = error;
    return new AppError(code, [message, ...notes].join(' '), { next, detail });
  }

  /** Old servers hand out no commit by its number: everything is fetched to find it in. */
  async #fetchAll(commit: string, control: Control): Promise<boolean> {
    const refs = ['+refs/heads/*:refs/all/heads/*', '+refs/tags/*:refs/all/tags/*'];
    const shallow = existsSync(join(this.gitDir, 'shallow')) ? ['--unshallow'] : [];
    // A branch `a` that is gone stands in the way of a new one `a/b`.
    const result = await this.#fetch(['--prune', ...shallow], refs, control);
    if (result.status !== 0) throw this.error(result);
    const found = await this.#git.run(
      {
        args: ['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`],
        gitDir: this.gitDir,
      },
      control,
    );
    if (found.status !== 0) return false;
    const args = ['update-ref', refOf(commit), commit];
    return (await this.#git.run({ args, gitDir: this.gitDir }, control)).status === 0;
  }

  #fetch(options: string[], refs: string[], control: Control): Promise<GitResult> {
    const fixed = ['--progress', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];
    const args = ['fetch', ...fixed, ...options, '--', this.remote.url, ...refs];
    return this.#reach(args, control);
  }

  #reach(args: string[], control: Control): Promise<GitResult> {
    const { reach } = this.remote;
    return this.#git.run({ args, gitDir: this.gitDir, reach, maxBytes: MAX_BYTES }, control);
  }

  #alone<T>(control: Control, work: () => Promise<T>): Promise<T> {
    return withLock(`${this.gitDir}.lock`, control.signal, async () => {
      await initRepository(this.#git, this.gitDir, control);
      await sweep(this.gitDir);
      return work();
    });
  }
}

const NOT_THERE =
  /not our ref|unadvertised object|couldn't find remote ref|no such remote ref|remote error: upload-pack: not our/i;

const refOf = (commit: string): string => `refs/slipway/${commit}`;

const isRepository = (gitDir: string): boolean => existsSync(join(gitDir, 'HEAD'));

/**
 * Makes a bare repository without hooks when it is not there, whole or not at all. To be called with the
 * lock of the mirror: what an interrupted one left is removed.
 */
export async function initRepository(
  git: GitRunner,
  gitDir: string,
  control: Control,
): Promise<void> {
  if (isRepository(gitDir)) return;
  const fresh = `${gitDir}.new`;
  await rm(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  try {
    const args = ['init', '--quiet', '--bare', '--template='];
    const result = await git.run({ args, gitDir: fresh }, control);
    if (result.status !== 0) throw gitError(result, gitDir);
    renameSync(fresh, gitDir);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Removes what a fetch that was killed left behind. Nobody else is at work there. */
async function sweep(gitDir: string): Promise<void> {
  const stale = /^(?:shallow\.lock|packed-refs\.lock|config\.lock|HEAD\.lock)$|^tmp_|^incoming-/;
  for (const folder of ['.', 'objects', 'objects/pack', 'refs/slipway']) {
    const names = await readdir(join(gitDir, folder)).catch(() => []);
    const old = names.filter((name) => stale.test(name) || /^[0-9a-f]{40}\.lock$/.test(name));
    for (const name of old) await rm(join(gitDir, folder, name), { recursive: true, force: true });
  }
}
