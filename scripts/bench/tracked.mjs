/**
 * The import of a run whose log has 100 MB: how fast it is beside that of a small one, for which a thread
 * starts as well; and how long the caller ever waits.
 */
import { join } from 'node:path';
import { openCore } from './core.mjs';
import { program } from './programs.mjs';
import { endPulse, installPulse, readPulse } from './pulse.mjs';
import { timeResult } from './results.mjs';
import { median, rounds } from './rounds.mjs';
import { sameRun, writeRun } from './wandb-run.mjs';

const LARGE = 100_000_000;
const SMALL = 20_000;
const GOAL_MB_A_SECOND = 50;
const BLOCK_LIMIT_MS = 50;

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  const project = (name) => join(workplace.folder(name), 'wandb');
  const large = writeRun(project('large'), { bytes: LARGE });
  const small = writeRun(project('small'), { bytes: SMALL });
  const core = openCore(workplace);
  const pulses = [];
  let run;
  let number = 0;
  installPulse();
  workplace.defer(endPulse);
  const times = await rounds(
    {
      small: () => importRun(core, run, signal),
      large: async () => {
        readPulse();
        const ms = await importRun(core, run, signal);
        pulses.push(readPulse());
        return ms;
      },
      sum: () => program('sha256sum', [large.log]),
    },
    {
      count: quick ? 1 : 7,
      signal,
      before: async (name) => {
        run = sameRun(name === 'small' ? small : large, project(`run-${number++}`));
        await program('sync', []);
      },
    },
  );
  // The round that does not count.
  pulses.shift();
  add(importResult(large, times));
  add(blockResult(pulses));
}

async function importRun(core, run, signal) {
  const request = { folder: run.folder, project: 'bench' };
  const started = performance.now();
  const [imported] = await core.tracked.import(request, { signal });
  const ms = performance.now() - started;
  if (imported?.outcome !== 'imported') throw new Error(`not imported: ${imported?.text}`);
  await checkStored(core, imported.runId, run);
  return ms;
}

async function checkStored(core, runId, { rows, lines }) {
  const head = await core.logs.head(runId);
  const series = await core.readSeries(runId, 2);
  const loss = series.find(({ name }) => name === 'train/loss');
  if (loss?.count === rows && head.lines === lines) return;
  throw new Error(`${loss?.count} of ${rows} rows and ${head.lines} of ${lines} lines are there`);
}

function importResult({ bytes, rows, lines }, { small, large, sum }) {
  const ours = median(large.map((ms, round) => ms - small[round]));
  const note = [
    `${(bytes / 1000 / ours).toFixed(0)} MB/s`,
    `a small run takes ${Math.round(median(small))} ms`,
    `${rows} rows of 5 metrics, ${lines} lines of console`,
  ];
  return timeResult(`${(bytes / 1e6).toFixed(0)} MB of log more are imported`, {
    ours,
    atMost: bytes / 1000 / GOAL_MB_A_SECOND,
    rival: median(sum),
    against: 'sha256sum of it',
    note: note.join(', '),
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
