import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SSHD = '/usr/sbin/sshd';

/** Whether a server can be started: tests are skipped where openssh-server is not installed. */
export const hasSshServer = existsSync(SSHD);

/** Makes a key pair; `passphrase` encrypts the private key. Returns the path of the private key. */
export function makeKey(path: string, passphrase = ''): string {
  const options = ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'test', '-f', path];
  execFileSync('ssh-keygen', options, { stdio: 'pipe' });
  return path;
}

/** An ssh server on a loopback port that lets this user in with one key; repositories by their full path. */
export class GitSshServer {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly port: number;
  /** The private key that is let in. */
  readonly userKey: string;

  private constructor(folder: string, port: number, process: ChildProcess) {
    this.#folder = folder;
    this.#process = process;
    this.port = port;
    this.userKey = join(folder, 'user-key');
  }

  static async start(): Promise<GitSshServer> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-sshd-')));
    const port = await freePort();
    const hostKey = makeKey(join(folder, 'host-key'));
    const userKey = makeKey(join(folder, 'user-key'));
    writeFileSync(join(folder, 'authorized'), readFileSync(`${userKey}.pub`), { mode: 0o600 });
    const settings = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${join(folder, 'authorized')}`,
      `PidFile ${join(folder, 'pid')}`,
      'StrictModes no',
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'SetEnv GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=*',
    ];
    writeFileSync(join(folder, 'config'), `${settings.join('\n')}\n`);
    // Asked for by sshd when it is started by root.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    const server = spawn(SSHD, ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' });
    await untilOpen(port);
    return new GitSshServer(folder, port, server);
  }

  /** The address of a repository by its full path. */
  address(path: string): string {
    return `ssh://${userInfo().username}@127.0.0.1:${this.port}${path}`;
  }

  /** A line for a known_hosts file. */
  get knownHost(): string {
    const [type = '', key = ''] = readFileSync(join(this.#folder, 'host-key.pub'), 'utf8').split(
      ' ',
    );
    return `[127.0.0.1]:${this.port} ${type} ${key}\n`;
  }

  /** `SHA256:...` of the host key. */
  get fingerprint(): string {
    const file = join(this.#folder, 'host-key.pub');
    return execFileSync('ssh-keygen', ['-lf', file], { encoding: 'utf8' }).split(' ')[1] ?? '';
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await pause(25);
  }
  throw new Error('sshd did not start');
}
