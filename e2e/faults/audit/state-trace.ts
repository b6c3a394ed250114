import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { TERMINAL } from './rows.ts';

/** A run as somebody saw it who looked. */
export interface SeenRun {
  state: string;
  ended: boolean;
  /** Whether its engine answers. */
  reachable: boolean;
  reason: string | null;
}

interface Row {
  id: string;
  state: string;
  exit_code: number | null;
  reason: string | null;
  ended_at: number | null;
  engine_reachable: number;
}

const LOOK_MS = 25;

/** Looks at the runs of a data folder again and again, and writes down how they change. */
export class StateTrace {
  /** What each run was, one after the other: state, exit code and reason. */
  readonly traces = new Map<string, string[]>();
  readonly #file: string;
  readonly #seen = new Map<string, SeenRun>();
  readonly #waiting = new Set<() => void>();
  #db: Database.Database | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'slipway.db');
    this.#timer = setInterval(() => this.look(), LOOK_MS);
  }

  /** Nothing while the run is not there. */
  of(runId: string): SeenRun | undefined {
    return this.#seen.get(runId);
  }

  /** Looks now, beside the times at which it does by itself. */
  look(): void {
    if (!this.#open()) return;
    for (const row of this.#rows()) this.#note(row);
    for (const check of this.#waiting) check();
  }

  /**
   * Resolves when the run is as asked.
   * @throws Error with what it was instead when that takes longer than `ms`
   */
  until(runId: string, isIt: (run: SeenRun) => boolean, ms: number): Promise<SeenRun> {
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(check);
      };
      const check = (): void => {
        const run = this.#seen.get(runId);
        if (!run || !isIt(run)) return;
        finish();
        resolve(run);
      };
      const timer = setTimeout(() => {
        finish();
        const trace = (this.traces.get(runId) ?? ['never seen']).join(' -> ');
        reject(new Error(`run ${runId} after ${ms / 1000} s: ${trace}`));
      }, ms);
      this.#waiting.add(check);
      check();
    });
  }

  /** Resolves when the run has ended. */
  untilEnded(runId: string, ms: number): Promise<SeenRun> {
    return this.until(runId, ({ ended }) => ended, ms);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#db?.close();
    this.#db = null;
  }

  #open(): boolean {
    if (this.#db) return true;
    if (!existsSync(this.#file)) return false;
    try {
      this.#db = new Database(this.#file, { readonly: true, timeout: 1000 });
    } catch {
      return false;
    }
    return true;
  }

  #rows(): Row[] {
    try {
      return this.#db!.prepare<[], Row>(
        'SELECT id, state, exit_code, reason, ended_at, engine_reachable FROM run',
      ).all();
    } catch {
      // It is being made, or busy: looked at again soon.
      return [];
    }
  }

  #note({ id, state, exit_code, reason, ended_at, engine_reachable }: Row): void {
    const code = reason === null ? null : (JSON.parse(reason) as { code: string }).code;
    const words = TERMINAL.includes(state) ? `${state} ${exit_code} ${code}` : state;
    const trace = this.traces.get(id) ?? [];
    if (trace.at(-1) !== words) this.traces.set(id, [...trace, words]);
    const ended = ended_at !== null;
    this.#seen.set(id, { state, ended, reachable: engine_reachable === 1, reason: code });
  }
}
