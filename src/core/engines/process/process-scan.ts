import { readdirSync } from 'node:fs';
import { parseUse, type ProcessUse } from './parse-use.ts';
import { readProcFile } from './proc-file.ts';

/** What was seen so lately is not looked at again: measured runs share one look. */
export const FRESH_MS = 250;

const isPid = (name: string): boolean => name.charCodeAt(0) <= 57;

/** Looks at the processes of groups and sessions, at all of them at once. */
export class ProcessScan {
  readonly #leaders = new Map<number, ProcessUse[]>();
  /** Processes of others: none of them can join a session, so that they need no second look. */
  #strangers = new Set<string>();
  #at = Number.NEGATIVE_INFINITY;

  /** From now on the processes of this leader are looked for. Returns what ends that. */
  add(leader: number): () => void {
    this.#leaders.set(leader, []);
    this.#strangers.clear();
    this.#at = Number.NEGATIVE_INFINITY;
    return () => this.#leaders.delete(leader);
  }

  /** What each process of a leader used when it was looked `at`. One that ended meanwhile is left out. */
  uses(leader: number): { at: number; uses: readonly ProcessUse[] } {
    if (performance.now() - this.#at >= FRESH_MS) this.#look();
    return { at: this.#at, uses: this.#leaders.get(leader) ?? [] };
  }

  #look(): void {
    this.#at = performance.now();
    for (const leader of this.#leaders.keys()) this.#leaders.set(leader, []);
    const strangers = new Set<string>();
    for (const pid of readdirSync('/proc').filter(isPid)) {
      if (this.#strangers.has(pid) || this.#isStranger(pid)) strangers.add(pid);
    }
    this.#strangers = strangers;
  }

  #isStranger(pid: string): boolean {
    const stat = readProcFile(`/proc/${pid}/stat`);
    const ids = parseUse(stat, '', '');
    if (ids === null) return false;
    const uses = this.#leaders.get(ids.group) ?? this.#leaders.get(ids.session);
    const use =
      uses && parseUse(stat, readProcFile(`/proc/${pid}/status`), readProcFile(`/proc/${pid}/io`));
    if (use) uses.push(use);
    return uses === undefined;
  }
}
