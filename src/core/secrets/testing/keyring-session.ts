import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Whether this machine has what {@link KeyringSession} starts. */
export const hasKeyring = (): boolean => ['dbus-daemon', 'gnome-keyring-daemon'].every(isThere);

function isThere(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A D-Bus session of a test's own with an unlocked GNOME Keyring in it. */
export class KeyringSession {
  readonly #folder: string;
  #bus: ChildProcess | null = null;
  /** As in DBUS_SESSION_BUS_ADDRESS. */
  address = '';

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<KeyringSession> {
    const session = new KeyringSession(await mkdtemp(join(tmpdir(), 'slipway-keyring-')));
    try {
      await session.#startBus();
      await session.#startKeyring();
      return session;
    } catch (error) {
      await session.stop();
      throw error;
    }
  }

  /** The keyring ends with its bus. */
  async stop(): Promise<void> {
    if (this.#bus?.kill('SIGKILL')) await once(this.#bus, 'exit');
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #startBus(): Promise<void> {
    const args = ['--session', '--nofork', '--nopidfile', '--print-address=1'];
    this.#bus = this.#spawn('dbus-daemon', args);
    const [line] = (await once(this.#bus.stdout!, 'data')) as [Buffer];
    this.address = line.toString().trim();
  }

  async #startKeyring(): Promise<void> {
    const starter = this.#spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets']);
    // The password of the new keyring, without line end.
    starter.stdin!.end('test');
    // It ends when the daemon it leaves behind is ready.
    const [code] = (await once(starter, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`gnome-keyring-daemon ended with ${code}.`);
  }

  #spawn(program: string, args: string[]): ChildProcess {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.#folder,
      XDG_RUNTIME_DIR: this.#folder,
      ...(this.address && { DBUS_SESSION_BUS_ADDRESS: this.address }),
    };
    return spawn(program, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  }
}
