import { readFile, readdir } from 'node:fs/promises';
import { delay } from '../../scope.ts';
import type { Clock } from '../../clock.ts';
import type { UsageSample } from '../engine.ts';
import { parseUse, type ProcessUse } from './parse-use.ts';

const EVERY_MS = 1000;
/** Ticks of the counters in `/proc/PID/stat` in a second: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Looks at the processes of a group and session, again and again. */
class Group {
  readonly #leader: number;
  /** Processes of others: none of them can join the session, so that they need no second look. */
  #strangers = new Set<string>();

  constructor(leader: number) {
    this.#leader = leader;
  }

  /** What each uses now. One that ends meanwhile is left out. */
  async uses(): Promise<ProcessUse[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    this.#strangers = new Set(pids.filter((pid) => this.#strangers.has(pid)));
    const ours = pids.filter((pid) => !this.#strangers.has(pid));
    const found = await Promise.all(ours.map((pid) => this.#useOf(pid)));
    return found.filter((use) => use !== null);
  }

  async #useOf(pid: string): Promise<ProcessUse | null> {
    const read = (name: string): Promise<string> =>
      readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '');
    const stat = await read('stat');
    const use = parseUse(stat, '', '');
    if (use === null) return null;
    if (use.group === this.#leader || use.session === this.#leader) {
      return parseUse(stat, await read('status'), await read('io'));
    }
    this.#strangers.add(pid);
    return null;
  }
}

interface Totals {
  ticks: number;
  memoryBytes: number;
  diskRead: number | null;
  diskWritten: number | null;
}

const add = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : a + b;

function sum(uses: readonly ProcessUse[]): Totals {
  const none: Totals = { ticks: 0, memoryBytes: 0, diskRead: null, diskWritten: null };
  return uses.reduce<Totals>(
    (total, use) => ({
      ticks: total.ticks + use.ticks,
      memoryBytes: total.memoryBytes + use.memoryBytes,
      diskRead: add(total.diskRead, use.diskRead),
      diskWritten: add(total.diskWritten, use.diskWritten),
    }),
    none,
  );
}

/**
 * What the processes of a supervisor's group and session use, once a second while `live`. What a
 * process used that has ended counts on in the one that waited for it. Memory that several share
 * counts for each. Nothing is known of the network. Only Linux tells: elsewhere there are no samples.
 */
export async function* measureGroup(
  leader: number,
  live: () => Promise<boolean>,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<UsageSample> {
  if (process.platform !== 'linux') return;
  const group = new Group(leader);
  let before = { at: performance.now(), ticks: sum(await group.uses()).ticks };
  for (;;) {
    await delay(EVERY_MS, signal);
    if (!(await live())) return;
    const { ticks, ...totals } = sum(await group.uses());
    const at = performance.now();
    const seconds = (at - before.at) / 1000;
    const cpuPercent = Math.max(0, ((ticks - before.ticks) / TICKS / seconds) * 100);
    before = { at, ticks };
    yield { at: clock.now(), cpuPercent, networkIn: null, networkOut: null, ...totals };
  }
}
