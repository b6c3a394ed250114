/** The import of a run whose log has 100 MB: how fast it is, and how long the caller ever waits. */
import { join } from 'node:path';
import { openCore } from './core.mjs';
import { program } from './programs.mjs';
import { endPulse, installPulse, readPulse } from './pulse.mjs';
import { timeResult } from './results.mjs';
import { median, rounds } from './rounds.mjs';
import { writeRun } from './wandb-run.mjs';

const BYTES = 100_000_000;
const GOAL_MB_A_SECOND = 50;
const BLOCK_LIMIT_MS = 50;

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  const run = writeRun(join(workplace.folder('project'), 'wandb'), { bytes: BYTES });
  const file = join(run.folder, 'run-bench.wandb');
  const pulses = [];
  let core;
  let number = 0;
  installPulse();
  workplace.defer(endPulse);
  const times = await rounds(
    {
      ours: async () => {
        readPulse();
        const started = performance.now();
        await importRun(core, run, signal);
        pulses.push(readPulse());
        return performance.now() - started;
      },
      sum: () => program('sha256sum', [file]),
    },
    {
      count: quick ? 1 : 7,
      signal,
      before: async (name) => {
        await core?.close();
        core = name === 'ours' ? openCore(workplace, `data-${number++}`) : undefined;
        await program('sync', []);
      },
    },
  );
  // The round that does not count.
  pulses.shift();
  add(importResult(run, times));
  add(blockResult(pulses));
}

async function importRun(core, run, signal) {
  const [imported] = await core.tracked.import(run.folder, 'bench', { signal });
  if (imported?.outcome !== 'imported') throw new Error(`not imported: ${imported?.text}`);
  checkStored(core, imported.runId, run, await core.logs.head(imported.runId));
}

function checkStored(core, runId, { rows, lines }, head) {
  const loss = core.series.read(runId, 2).find(({ name }) => name === 'train/loss');
  if (loss?.count === rows && head.lines === lines) return;
  throw new Error(`${loss?.count} of ${rows} rows and ${head.lines} of ${lines} lines are there`);
}

function importResult({ bytes, rows, lines }, { ours, sum }) {
  const speed = bytes / 1000 / median(ours);
  return timeResult(`log of ${(bytes / 1e6).toFixed(0)} MB is imported`, {
    ours: median(ours),
    atMost: bytes / 1000 / GOAL_MB_A_SECOND,
    rival: median(sum),
    against: 'sha256sum of it',
    note: `${speed.toFixed(0)} MB/s, ${rows} rows of 5 metrics, ${lines} lines of console`,
  });
}

function blockResult(pulses) {
  const longest = pulses.map((pulse) => pulse.longest).reduce((a, b) => (b.late > a.late ? b : a));
  const p99 = Math.max(...pulses.map((pulse) => pulse.p99));
  return timeResult('longest block of the caller meanwhile', {
    ours: longest.late,
    atMost: BLOCK_LIMIT_MS,
    note: `p99 ${p99.toFixed(1)} ms, the longest waited ${longest.waited.toFixed(1)} ms for a CPU`,
  });
}
