/**
 * The longest time the app's main process does not answer: with nothing to do, while a folder of
 * 300 MB is frozen, and while a run prints 100,000 lines a second into an open log.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron } from '@playwright/test';
import { ensureBuild } from '../lib/build.mjs';
import { electronSwitches } from '../lib/electron.mjs';
import { root } from '../lib/paths.mjs';
import { benchSettings } from './core.mjs';
import { installPulse, readPulse } from './pulse.mjs';
import { timeResult } from './results.mjs';
import { writeTree } from './tree.mjs';

const LIMIT_MS = 50;
const TREE = { files: 12_000, bytes: 300_000_000 };
const RATE = 100_000;
const SECONDS = 8;
const IDLE_MS = 4000;
const MAIN = `
import sys, time
line = 'epoch=%07d step=%d loss=0.123456 acc=0.9876 lr=0.0003 gpu=0 mem=1234MiB data_time=0.012 iter_time=0.1 ok\\n'
started = time.monotonic()
for first in range(0, ${RATE * SECONDS}, 1000):
    sys.stdout.write(''.join(line % (n, n) for n in range(first, first + 1000)))
    ahead = started + (first + 1000) / ${RATE} - time.monotonic()
    if ahead > 0: time.sleep(ahead)
`;

/** @param {import('./run.mjs').Bench} bench */
export async function measureBlocks({ workplace, add, quick, signal }) {
  await ensureBuild();
  const app = await openApp(workplace);
  const idle = await pulseOf(app, () => sleep(IDLE_MS));
  add(blockResult('nothing to do', [idle]));
  const count = quick ? 1 : 3;
  add(
    blockResult('300 MB are frozen', await freezeRounds(app, { workplace, count, signal }), idle),
  );
  const rounds = await floodRounds(app, { workplace, count, signal });
  add(blockResult(`${RATE / 1000} k lines/s are printed`, rounds, idle));
}

function blockResult(what, pulses, idle) {
  const longest = pulses.map((pulse) => pulse.longest).reduce((a, b) => (b.late > a.late ? b : a));
  const p99 = Math.max(...pulses.map((pulse) => pulse.p99));
  const ran = Math.max(...pulses.map((pulse) => pulse.ran));
  const note = [
    `p99 ${p99.toFixed(1)} ms`,
    `the longest waited ${longest.waited.toFixed(1)} ms for a CPU`,
    `most on the CPU ${ran.toFixed(1)} ms`,
    `n = ${pulses.length}`,
  ];
  return timeResult(`longest block while ${what}`, {
    ours: longest.late,
    atMost: idle ? LIMIT_MS : null,
    rival: idle?.longest.late ?? null,
    against: idle ? 'the same app with nothing to do' : '',
    note: note.join(', '),
  });
}

export async function openApp(workplace) {
  const { SLIPWAY_TEST_ELECTRON: executablePath, ...env } = process.env;
  const dataDir = workplace.folder('app-data');
  const electron = await _electron.launch({
    executablePath,
    args: [...electronSwitches(), root, `--data-dir=${dataDir}`],
    env,
  });
  workplace.defer(() => electron.close());
  const page = await electron.firstWindow();
  await isReady(page);
  const app = { electron, page };
  await command(app, 'saveSettings', benchSettings(await command(app, 'getSettings', {})));
  await electron.evaluate(installPulse);
  return app;
}

export const isReady = (page) => page.locator('html[data-ready="true"]').waitFor();

/** What the window asks of the main process; its failures are thrown. */
export async function command({ page }, name, input) {
  const result = await page.evaluate(
    ([called, given]) => window.slipway.commands[called](given),
    [name, input],
  );
  if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
  return result.value;
}

/** The pulse of the main process while some work is under way. */
async function pulseOf({ electron }, work) {
  await electron.evaluate(readPulse);
  await work();
  return electron.evaluate(readPulse);
}

/** Every round another folder: the second time there would be nothing to freeze. */
async function freezeRounds(app, { workplace, count, signal }) {
  const pulses = [];
  for (let seed = 1; seed <= count; seed++) {
    signal.throwIfAborted();
    const folder = workplace.folder(`large-${seed}`);
    writeTree(folder, { ...TREE, seed });
    await choose(app, folder);
    pulses.push(await pulseOf(app, () => createJob(app, folder, `large-${seed}`, 'true')));
    rmSync(folder, { recursive: true });
  }
  return pulses;
}

/** Chooses a folder in the system's dialog, which nobody is there to click. */
export async function choose(app, folder) {
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
  await command(app, 'chooseFolder', {});
}

export async function createJob(app, folder, name, entryPoint) {
  const operationId = `bench-${name}`;
  const source = { kind: 'folder', folder, includeSecrets: [] };
  const request = { source, operationId, name, project: 'bench', entryPoint };
  const { job } = await command(app, 'createJob', request);
  return job;
}

async function floodRounds(app, { workplace, count, signal }) {
  const folder = workplace.folder('flood');
  writeFileSync(join(folder, 'main.py'), MAIN);
  await choose(app, folder);
  const job = await createJob(app, folder, 'flood', 'python main.py');
  const pulses = [];
  // The first round builds the image and does not count.
  for (let round = 0; round <= count; round++) {
    signal.throwIfAborted();
    const { run } = await command(app, 'launch', { jobId: job.id, operationId: `flood-${round}` });
    await showPage(app, { page: 'run', runId: run.id, tab: 'log' });
    const pulse = await pulseOf(app, async () => {
      const done = await endOf(app, run.id, signal);
      workplace.removeImage(done.environment.name);
    });
    if (round > 0) pulses.push(pulse);
  }
  return pulses;
}

/** The window comes back to where it was; that place is said to be this one. */
export async function showPage({ page }, at) {
  await page.evaluate(
    (place) => localStorage.setItem('slipway.ui', JSON.stringify({ at: place })),
    at,
  );
  await page.reload();
  await isReady(page);
}

export async function endOf(app, runId, signal) {
  for (;;) {
    const { run } = await command(app, 'getRun', { runId });
    if (run.endedAt !== null) return ended(run);
    await sleep(200, undefined, { signal });
  }
}

function ended(run) {
  if (run.state === 'finished') return run;
  throw new Error(`the run ${run.state}: ${run.reason?.text}`);
}
