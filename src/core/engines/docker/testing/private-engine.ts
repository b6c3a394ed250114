import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat as statOf, truncate } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A Docker engine of a test's own, to be killed and starved. It has a network namespace of its own,
 * so that its default network is not the machine's. Needs root and `dockerd`.
 */
export class PrivateEngine {
  readonly #folder: string;
  readonly #flags: string[];
  #process: ChildProcess | null = null;

  private constructor(folder: string, flags: string[]) {
    this.#folder = folder;
    this.#flags = flags;
  }

  static async start(flags: string[] = []): Promise<PrivateEngine> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-engine-'));
    const engine = new PrivateEngine(folder, flags);
    await engine.up();
    return engine;
  }

  /** As in DOCKER_HOST. */
  get host(): string {
    return `unix://${this.#socket}`;
  }

  get #socket(): string {
    return join(this.#folder, 'docker.sock');
  }

  /** Starts it (again) and resolves when it answers. */
  async up(): Promise<void> {
    await this.#forgetPids();
    await mkdir(join(this.#folder, 'data'), { recursive: true });
    const args = [
      ['--net', 'dockerd', '--data-root', join(this.#folder, 'data')],
      ['--exec-root', join(this.#folder, 'exec'), '--pidfile', join(this.#folder, 'pid')],
      ['--host', this.host, '--iptables=false', ...this.#flags],
    ].flat();
    this.#process = spawn('unshare', args, { stdio: 'ignore', detached: true });
    for (let tries = 0; tries < 300; tries += 1) {
      if (await this.#answers()) return;
      await sleep(100);
    }
    throw new Error('The private engine did not start; is dockerd installed, and is this root?');
  }

  /** Sends a signal to the engine alone, and waits until it has ended (except for STOP and CONT). */
  async signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const child = this.#process;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(name);
    if (name === 'SIGKILL' || name === 'SIGTERM') await ended;
  }

  /** Kills it with everything it started, its containers too, as when the machine goes down. */
  async crash(): Promise<void> {
    const child = this.#process;
    const isUp = child !== null && child.exitCode === null && child.signalCode === null;
    const ended = isUp && new Promise((resolve) => child.once('exit', resolve));
    for (const pid of await withDescendants(await this.#processes())) kill(pid);
    await ended;
  }

  /** Leaves of its own log of a container only the first half. */
  async cutLogOf(containerId: string): Promise<void> {
    const file = join(this.#folder, 'data/containers', containerId, 'local-logs/container.log');
    const { size } = await statOf(file);
    await truncate(file, Math.floor(size / 2));
  }

  /** Ends it with everything it started, and removes its folder. */
  async dispose(): Promise<void> {
    this.#process?.kill('SIGCONT');
    if (this.#process?.exitCode === null && this.#process.signalCode === null) {
      await this.signal('SIGTERM');
    }
    for (const pid of await withDescendants(await this.#processes())) kill(pid);
    await sleep(200);
    await this.#unmount();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /**
   * Removes the files that name processes of a killed engine; a new one would take them for running.
   * Its containerd is killed with it, a moment later.
   */
  async #forgetPids(): Promise<void> {
    await rm(join(this.#folder, 'pid'), { force: true });
    const file = join(this.#folder, 'exec', 'containerd', 'containerd.pid');
    const pid = await readFile(file, 'utf8').catch(() => '');
    if (pid === '') return;
    for (let tries = 0; tries < 100 && (await isAlive(pid)); tries += 1) await sleep(50);
    await rm(file, { force: true });
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.#socket);
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.write('GET /_ping HTTP/1.0\r\n\r\n'));
      socket.on('data', () => {
        socket.destroy();
        resolve(true);
      });
    });
  }

  /** What of it still runs: processes that name its folder. */
  async #processes(): Promise<number[]> {
    const found: number[] = [];
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
      const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
      if (line.includes(this.#folder)) found.push(Number(name));
    }
    return found;
  }

  async #unmount(): Promise<void> {
    const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n');
    const places = mounts
      .map((line) => line.split(' ')[1] ?? '')
      .filter((p) => p.startsWith(this.#folder));
    for (const place of places.reverse()) {
      await new Promise((resolve) => spawn('umount', ['-l', place]).once('exit', resolve));
    }
  }
}

/** These processes and all that they started: parents first, so that none makes a new one meanwhile. */
async function withDescendants(pids: readonly number[]): Promise<number[]> {
  const children = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = new Set(pids);
  for (const pid of all) for (const child of children.get(pid) ?? []) all.add(child);
  return [...all];
}

/** False for a process that has ended and that nobody has asked about yet. */
async function isAlive(pid: string): Promise<boolean> {
  const stat = await readFile(`/proc/${pid.trim()}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
