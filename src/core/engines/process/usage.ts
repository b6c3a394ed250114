import { delay } from '../../scope.ts';
import type { Clock } from '../../clock.ts';
import type { UsageSample } from '../engine.ts';
import type { ProcessUse } from './parse-use.ts';
import { FRESH_MS, ProcessScan } from './process-scan.ts';

const EVERY_MS = 1000;
/** Something is known of a run that soon ends, too. */
const FIRST_MS = FRESH_MS + 50;
/** Ticks of the counters in `/proc/PID/stat` in a second: 100 on every Linux that Node runs on. */
const TICKS = 100;

const scan = new ProcessScan();

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
  const forget = scan.add(leader);
  try {
    yield* samples(leader, live, clock, signal);
  } finally {
    forget();
  }
}

async function* samples(
  leader: number,
  live: () => Promise<boolean>,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<UsageSample> {
  let before = look(leader);
  for (let wait = FIRST_MS; ; wait = EVERY_MS) {
    await delay(wait, signal);
    if (!(await live())) return;
    const now = look(leader);
    const cpuPercent = percent(now.cpuSeconds - before.cpuSeconds, now.at - before.at);
    before = now;
    yield { ...now, at: clock.now(), cpuPercent, networkIn: null, networkOut: null };
  }
}

function look(leader: number) {
  const { at, uses } = scan.uses(leader);
  const { ticks, ...totals } = sum(uses);
  return { at, cpuSeconds: ticks / TICKS, ...totals };
}

const percent = (seconds: number, ms: number): number => Math.max(0, (seconds / ms) * 1000 * 100);
