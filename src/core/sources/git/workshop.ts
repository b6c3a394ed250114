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
    const reach = await this.#reach(address, signal);
    return { address: address.remote, url: address.remote, reach };
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

  async #reach({ kind, remote, host, login }: GitAddress, signal: AbortSignal): Promise<Reach> {
    const { credentials } = this.options;
    if (kind === 'ssh') {
      const sshKey = await credentials.sshKey(host, signal);
      if (sshKey !== null) await checkSshKey(sshKey, Boolean(process.env['SSH_AUTH_SOCK']));
      return { transport: 'ssh', login: null, sshKey };
    }
    const transport = remote.startsWith('http:') ? 'http' : 'https';
    return { transport, login: login ?? (await credentials.get(host, signal)), sshKey: null };
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
  return { address, url: address, reach: { transport: 'file', login: null, sshKey: null } };
}
