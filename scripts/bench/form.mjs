/**
 * The launch form of a script with 500 arguments, in the real app: from the press of "Launch…" until
 * its first screen of inputs is painted (those below follow when there is time), and from a key to the
 * frame that shows it, when all of them are there.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { ensureBuild } from '../lib/build.mjs';
import { electronSwitches } from '../lib/electron.mjs';
import { root } from '../lib/paths.mjs';
import { timeResult } from './results.mjs';
import { median, percentile } from './rounds.mjs';

const FIELDS = 500;
/** More than fit on the screen. */
const FIRST = 15;
const OPEN_LIMIT_MS = 100;
const KEY_LIMIT_MS = 16;
const TYPED = '0.0012345678901234567890';

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  await ensureBuild();
  const page = await openJob(workplace);
  const times = await openings(page, { count: quick ? 3 : 15, signal });
  add(
    timeResult(`form of ${FIELDS} inputs opens`, {
      ours: median(times),
      atMost: OPEN_LIMIT_MS,
      note: `p95 ${percentile(times, 0.95).toFixed(1)} ms, n = ${times.length}`,
    }),
  );
  const keys = await keystrokes(page, { rounds: quick ? 1 : 6, signal });
  add(
    timeResult(`a key in it until its frame, p95`, {
      ours: percentile(keys, 0.95),
      atMost: KEY_LIMIT_MS,
      note: `p50 ${median(keys).toFixed(1)} ms, n = ${keys.length}`,
    }),
  );
}

/** A script with arguments of every kind. */
function script() {
  const kinds = ['type=int, default=1', 'type=float, default=0.1', 'default="text"'];
  kinds.push('choices=["a", "b", "c", "d", "e"], default="a"', 'action="store_true"');
  const lines = Array.from(
    { length: FIELDS },
    (_, n) =>
      `parser.add_argument("--input-${n}", ${kinds[n % kinds.length]}, help="What input ${n} is for")`,
  );
  return `import argparse\nparser = argparse.ArgumentParser()\n${lines.join('\n')}\nparser.parse_args()\n`;
}

/** The app with the page of a job of that script. */
async function openJob(workplace) {
  const folder = workplace.folder('form');
  writeFileSync(join(folder, 'main.py'), script());
  const { SLIPWAY_TEST_ELECTRON: executablePath, ...env } = process.env;
  const dataDir = workplace.folder('form-data');
  const electron = await _electron.launch({
    executablePath,
    args: [...electronSwitches(), root, `--data-dir=${dataDir}`],
    env,
  });
  workplace.defer(() => electron.close());
  const page = await electron.firstWindow();
  await isReady(page);
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
  await command(page, 'chooseFolder', {});
  const source = { kind: 'folder', folder, includeSecrets: [] };
  const request = { source, operationId: 'form', project: 'default', entryPoint: 'python main.py' };
  const { job } = await command(page, 'createJob', request);
  await page.evaluate((jobId) => {
    const at = { page: 'job', jobId, tab: 'runs' };
    localStorage.setItem('slipway.ui', JSON.stringify({ at }));
  }, job.id);
  await page.reload();
  await isReady(page);
  return page;
}

const isReady = (page) => page.locator('html[data-ready="true"]').waitFor();

async function command(page, name, input) {
  const result = await page.evaluate(
    ([called, given]) => window.slipway.commands[called](given),
    [name, input],
  );
  if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
  return result.value;
}

/** The first opening loads the form itself, and does not count. */
async function openings(page, { count, signal }) {
  const times = [];
  for (let round = -1; round < count; round++) {
    signal.throwIfAborted();
    await page.getByRole('button', { name: 'Launch…' }).first().waitFor();
    const ms = await page.evaluate(openOnce, FIRST);
    if (round >= 0) times.push(ms);
    if (round < count - 1) {
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
  }
  return times;
}

/** In the page: ms from the press to the end of the frame in which so many inputs are there. */
function openOnce(wanted) {
  const button = [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'Launch…',
  );
  const started = performance.now();
  button.click();
  return new Promise((resolve) => {
    const look = () => {
      const rows = document.querySelectorAll('[role="dialog"] [data-place^="values."]');
      if (rows.length < wanted) return requestAnimationFrame(look);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - started);
        port2.postMessage(null);
      });
    };
    look();
  });
}

async function keystrokes(page, { rounds, signal }) {
  await page.waitForFunction(
    (fields) => document.querySelectorAll('[data-place^="values."]').length === fields,
    FIELDS,
  );
  await page.evaluate(watchKeys);
  const box = page.locator('[data-place="values.input_1"] input');
  for (let round = 0; round < rounds; round++) {
    signal.throwIfAborted();
    await box.fill('');
    await box.focus();
    // As fast as somebody types: what is asked of main in the pauses is part of it.
    await page.keyboard.type(TYPED, { delay: 90 });
  }
  return page.evaluate(() => window.slipwayKeys);
}

/** In the page: ms from each key to the end of its frame. */
function watchKeys() {
  window.slipwayKeys = [];
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.slipwayKeys.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    },
    { capture: true },
  );
}
