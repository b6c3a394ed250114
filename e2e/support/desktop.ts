import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const TRAY_HOST = fileURLToPath(new URL('tray-host.py', import.meta.url));
/** Debian's own, which has the D-Bus library of its package. */
const PYTHON = '/usr/bin/python3';

export interface Bubble {
  title: string;
  body: string;
}

/** The parts of a desktop that a test asks for, on a D-Bus session of their own: notifications, a tray. */
export class Desktop {
  readonly #folder: string;
  readonly #processes: ChildProcess[] = [];
  #host: { child: ChildProcess; lines: Interface } | null = null;
  /** What programs are told of it. */
  env: Record<string, string> = {};

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start({ tray = false } = {}): Promise<Desktop> {
    const desktop = new Desktop(await mkdtemp(join(tmpdir(), 'slipway-desktop-')));
    const bus = desktop.#spawn('dbus-daemon', [
      ...['--session', '--nofork', '--nopidfile', '--print-address=1'],
    ]);
    const [address] = (await once(bus.stdout!, 'data')) as [Buffer];
    desktop.env = { DBUS_SESSION_BUS_ADDRESS: address.toString().trim() };
    desktop.#spawn('dunst', ['-conf', '/dev/null']);
    if (tray) await desktop.showTray();
    return desktop;
  }

  async showTray(): Promise<void> {
    const child = this.#spawn(PYTHON, [TRAY_HOST]);
    const lines = createInterface({ input: child.stdout! });
    await once(lines, 'line');
    this.#host = { child, lines };
  }

  /** What the icons in the tray tell of themselves. */
  async trayItems(): Promise<{ title: string; sizes: number[] }[]> {
    return JSON.parse(await this.#ask('items')) as { title: string; sizes: number[] }[];
  }

  async clickTray(): Promise<void> {
    await this.#ask('activate');
  }

  /** The notifications that are on the screen or were, oldest first. */
  async bubbles(): Promise<Bubble[]> {
    await this.#dunst('close-all');
    const history = JSON.parse(await this.#dunst('history')) as {
      data: [{ summary: { data: string }; body: { data: string } }[]];
    };
    const bubbles = history.data[0].map(({ summary, body }) => ({
      title: summary.data,
      body: body.data,
    }));
    return bubbles.reverse();
  }

  /** How many are on the screen. */
  async shown(): Promise<number> {
    return Number((await this.#dunst('count', 'displayed')).trim());
  }

  /** Clicks on the newest notification on the screen. */
  async clickBubble(): Promise<void> {
    await this.#dunst('action', '0');
  }

  async stop(): Promise<void> {
    for (const child of this.#processes.toReversed()) {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #ask(line: string): Promise<string> {
    const { child, lines } = this.#host!;
    const answer = once(lines, 'line');
    child.stdin!.write(`${line}\n`);
    const [text] = (await answer) as [string];
    return text;
  }

  async #dunst(...args: string[]): Promise<string> {
    const { stdout } = await execute('dunstctl', args, { env: { ...process.env, ...this.env } });
    return stdout;
  }

  #spawn(program: string, args: string[]): ChildProcess {
    const env = { ...process.env, ...this.env, HOME: this.#folder, XDG_RUNTIME_DIR: this.#folder };
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#processes.push(child);
    return child;
  }
}
