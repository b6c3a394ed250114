import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import type { Reach } from './git-environment.ts';
import { gitError } from './git-errors.ts';
import type { GitSourcesOptions } from './git-types.ts';
import type { GitAddress } from './git-url.ts';
import { Mirror, type Remote } from './mirror.ts';
import { checkSshKey } from './ssh-key.ts';
import { GitRunner } from './run-git.ts';

/** What all requests share: the git program, the copies of repositories, and the way to remotes. */
export class Workshop {
  readonly options: GitSourcesOptions;
  readonly git: GitRunner;

  constructor(options: GitSourcesOptions) {
    this.options = options;
    const knownHosts = join(options.folder, 'known_hosts');
    this.git = new GitRunner({ scripts: options.scripts, knownHosts });
  }

  async version(control: Control): Promise<string> {
    const { folder } = this.options;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const result = await this.git.run({ args: ['version'], gitDir: folder }, control);
    const version = /git version (\d+(?:\.\d+)*)/.exec(result.stdout)?.[1];
    if (version === undefined) throw gitError(result, 'this machine');
    return version;
  }

  /** The address as it is stored, and how it is reached with the login there is for it. */
  async remote(address: GitAddress, signal: AbortSignal): Promise<Remote> {
    if (address.kind === 'local') return localRemote(address.remote);
    const { reach, notes } = await this.#reach(address, signal);
    return { address: address.remote, url: address.remote, reach, notes };
  }

  mirror(remote: Remote): Mirror {
    return new Mirror(this.git, this.options.folder, remote);
  }

  /** Work on a mirror, once more with a new one when it turns out to be damaged. */
  async mending<T>(mirror: Mirror, control: Control, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'E_GIT_DAMAGED') throw error;
      await mirror.discard(control);
      return work();
    }
  }

  #reach(address: GitAddress, signal: AbortSignal): Promise<Way> {
    return address.kind === 'ssh' ? this.#bySsh(address, signal) : this.#byWeb(address, signal);
  }

  async #bySsh({ host }: GitAddress, signal: AbortSignal): Promise<Way> {
    const { credentials } = this.options;
    const { value, notes } = await kept(
      `ssh key kept for ${host}`,
      credentials.sshKey(host, signal),
    );
    if (value !== null) await checkSshKey(value, Boolean(process.env['SSH_AUTH_SOCK']));
    return { reach: { transport: 'ssh', login: null, sshKey: value }, notes };
  }

  async #byWeb({ remote, hostPort, login }: GitAddress, signal: AbortSignal): Promise<Way> {
    const { credentials } = this.options;
    const { value, notes } = login
      ? { value: login, notes: [] }
      : await kept(`login kept for ${hostPort}`, credentials.get(hostPort, signal));
    const transport = remote.startsWith('http:') ? 'http' : 'https';
    const bound = value && { ...value, origin: new URL(remote).origin };
    return { reach: { transport, login: bound, sshKey: null }, notes };
  }
}

interface Way {
  reach: Reach;
  notes: string[];
}

/** What is kept, or null and why it cannot be read: git has ways of its own to be let in. */
async function kept<T>(
  what: string,
  reading: Promise<T | null>,
): Promise<{ value: T | null; notes: string[] }> {
  try {
    return { value: await reading, notes: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Nothing can be kept for such a host: an ssh alias with an odd name.
    if (error.code === 'E_SECRET_FORMAT') return { value: null, notes: [] };
    if (error.code !== 'E_SECRET_STORE') throw error;
    return { value: null, notes: [`The ${what} cannot be read: ${error.message}`] };
  }
}

/** @throws AppError `E_GIT_NOT_FOUND` */
function localRemote(path: string): Remote {
  const full = resolve(path.replace(/^~(?=\/|$)/, homedir()));
  if (!existsSync(full)) {
    const isHost = /^[\w-]+(\.[\w-]+)+\//.test(path);
    throw new AppError('E_GIT_NOT_FOUND', `There is no repository at ${path}.`, {
      next: isHost ? `Did you mean https://${path}?` : 'Check the path.',
    });
  }
  const address = realpathSync(full);
  return {
    address,
    url: address,
    reach: { transport: 'file', login: null, sshKey: null },
    notes: [],
  };
}
