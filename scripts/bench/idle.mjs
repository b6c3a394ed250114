/** What the app costs while nothing runs and nobody touches it: processor time of all its processes. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuild } from '../lib/build.mjs';
import { root } from '../lib/paths.mjs';
import { openWindow } from './devtools.mjs';
import { timeResult } from './results.mjs';

/** Looking for engines, and what V8 collects once after a start, is over by then. */
const SETTLE_MS = 45_000;
const MEASURED_MS = 30_000;
/** Half a percent of a core, as ms a second. */
const LIMIT_MS = 5;

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  if (process.platform !== 'linux') return;
  await ensureBuild();
  const window = openWindow([root, `--data-dir=${workplace.folder('idle-data')}`]);
  try {
    await window.painted;
    await sleep(SETTLE_MS, undefined, { signal });
    const seconds = (quick ? MEASURED_MS / 3 : MEASURED_MS) / 1000;
    const before = cpuOf(window.process.pid);
    await sleep(seconds * 1000, undefined, { signal });
    const after = cpuOf(window.process.pid);
    add(idleResult(before, after, seconds));
  } finally {
    const ended = once(window.process, 'exit');
    window.process.kill('SIGTERM');
    await ended;
  }
}

function idleResult(before, after, seconds) {
  const spent = [...after].map(([pid, { name, ms }]) => ({
    name,
    ms: (ms - (before.get(pid)?.ms ?? 0)) / seconds,
  }));
  const ours = spent.reduce((sum, { ms }) => sum + ms, 0);
  const parts = spent
    .filter(({ ms }) => ms >= 0.05)
    .map((one) => `${one.name} ${one.ms.toFixed(2)}`);
  const note = `${(ours / 10).toFixed(2)} % of a core over ${seconds} s: ${parts.join(', ')}`;
  return timeResult('CPU a second with nothing to do', { ours, atMost: LIMIT_MS, note });
}

/** By process, of a process and all that it started: its kind and ms on a CPU so far. */
function cpuOf(rootPid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) && parentOf(Number(name));
    if (parent) parents.set(Number(name), parent);
  }
  const isOurs = (pid) => pid === rootPid || (parents.has(pid) && isOurs(parents.get(pid)));
  const pids = [...parents.keys()].filter(isOurs);
  return new Map(pids.map((pid) => [pid, { name: kindOf(pid), ms: threadsOf(pid) }]));
}

function parentOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Time on a CPU of all threads, from the scheduler's own figures, in ms. */
function threadsOf(pid) {
  let sum = 0;
  for (const thread of list(`/proc/${pid}/task`)) {
    sum += Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]) / 1e6;
  }
  return sum;
}

/** As Chromium calls its processes. */
const kindOf = (pid) => /--type=(\S+?)[\0\s]/.exec(read(`/proc/${pid}/cmdline`))?.[1] ?? 'main';

/** Empty when the process has ended. */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
