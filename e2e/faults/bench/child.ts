import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How a process ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process of the product under test; what it prints is kept, and nobody but us may end it. */
export class TestedProcess {
  readonly pid: number;
  readonly ended: Promise<End>;
  /** The end of what it printed, on both streams. */
  text = '';
  #end: End | null = null;
  #killed = false;
  readonly #child: ChildProcess;

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.pid = this.#child.pid ?? 0;
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.text = (this.text + text).slice(-20_000);
      });
    }
    this.ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        this.#end = { code, signal };
        resolve(this.#end);
      });
    });
  }

  /** Resolves when it has printed the text, or ended. */
  async printed(text: string): Promise<void> {
    while (!this.text.includes(text) && this.#end === null) {
      await Promise.race([once(this.#child.stdout!, 'data'), this.ended]);
    }
  }

  /** Sends the signal at once, and resolves when it has ended. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#killed = true;
    this.#child.kill(signal);
    await this.ended;
  }

  /** What is wrong with it: it ended although nobody ended it. */
  get crash(): string | null {
    if (this.#end === null || this.#killed) return null;
    const { code, signal } = this.#end;
    return `it ended by itself (${signal ?? code}): ${this.text.slice(-800)}`;
  }
}
