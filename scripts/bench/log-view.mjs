/**
 * The log in the window of the real app: frames while a run prints 10,000 lines a second into the log
 * that is followed, against a page on which nothing happens; frames while 1,000,000 lines are scrolled;
 * and the time until the end of that log is on the screen.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuild } from '../lib/build.mjs';
import { choose, command, createJob, endOf, openApp, showPage } from './app-blocks.mjs';
import { ratioResult, timeResult } from './results.mjs';
import { median, percentile } from './rounds.mjs';

const RATE = 10_000;
const SECONDS = 8;
const MANY = 1_000_000;
const LEAST_FRAMES = 0.98;
const FRAME_LIMIT_MS = 33;
const OPEN_LIMIT_MS = 100;

const PRINT = `
import sys, time
rate, seconds = (int(word) for word in sys.argv[1:])
line = 'epoch=%07d step=%d loss=0.123456 acc=0.9876 lr=0.0003 gpu=0 mem=1234MiB data_time=0.012 iter_time=0.1 ok\\n'
started = time.monotonic()
for first in range(0, rate * seconds, rate // 100):
    sys.stdout.write(''.join(line % (n, n) for n in range(first, first + rate // 100)))
    sys.stdout.flush()
    ahead = started + (first + rate // 100) / rate - time.monotonic()
    if ahead > 0: time.sleep(ahead)
`;

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  await ensureBuild();
  const app = await openApp(workplace);
  const folder = workplace.folder('printer');
  writeFileSync(join(folder, 'main.py'), PRINT);
  await choose(app, folder);
  const start = (name, rate, seconds) =>
    startPrinting(app, { name, folder, entryPoint: `python main.py ${rate} ${seconds}` });
  const rounds = quick ? 1 : 3;
  add(await followed(app, { start, rounds, signal, workplace }));
  const run = await start('many', MANY / 2, 2).then(({ id }) => endOf(app, id, signal));
  add(await scrolled(app, run, { rounds, signal }));
  add(await opened(app, run, { rounds: rounds * 5, signal }));
}

async function startPrinting(app, { name, folder, entryPoint }) {
  const job = await createJob(app, folder, name, entryPoint);
  const { run } = await command(app, 'launch', { jobId: job.id, operationId: `go-${name}` });
  return run;
}

const logOf = (run) => ({ page: 'run', runId: run.id, tab: 'log' });

/** Each round an idle page and then a log that grows; the first one builds the image and does not count. */
async function followed(app, { start, rounds, signal, workplace }) {
  const idle = [];
  const busy = [];
  const lags = [];
  for (let round = 0; round <= rounds; round++) {
    signal.throwIfAborted();
    await showPage(app, { page: 'settings' });
    await sleep(500);
    const still = await app.page.evaluate(frames, 4000);
    const run = await start(`printing-${round}`, RATE, SECONDS);
    await showPage(app, logOf(run));
    await app.page.locator('[role="log"] [data-line]').first().waitFor({ timeout: 60_000 });
    await sleep(500);
    const shown = await app.page.evaluate(frames, (SECONDS - 3) * 1000);
    const done = await endOf(app, run.id, signal);
    workplace.removeImage(done.environment.name);
    await lineIsShown(app, RATE * SECONDS);
    if (round === 0) continue;
    idle.push(mean(still.times));
    busy.push(mean(shown.times));
    lags.push(shown.lines / (shown.times.length * mean(shown.times)) / (RATE / 1000));
  }
  const result = ratioResult(`a frame while ${RATE / 1000} k lines/s are followed`, {
    ours: busy,
    rival: idle,
    against: 'a page on which nothing happens',
    atMost: 1 / LEAST_FRAMES,
  });
  const share = median(lags) * 100;
  return { ...result, note: `${share.toFixed(0)} % of what was printed passed the screen` };
}

const mean = (times) => times.reduce((sum, ms) => sum + ms, 0) / times.length;

/** In the page: ms between frames for a while, and by how many lines the log on the screen has grown. */
function frames(ms) {
  const lines = () =>
    Number([...document.querySelectorAll('[data-line]')].at(-1)?.dataset.line ?? 0);
  return new Promise((resolve) => {
    const times = [];
    const before = lines();
    let last = null;
    let first = null;
    const step = (now) => {
      if (last !== null) times.push(now - last);
      first ??= now;
      last = now;
      if (now - first < ms) return requestAnimationFrame(step);
      resolve({ times, lines: lines() - before });
    };
    requestAnimationFrame(step);
  });
}

const lineIsShown = ({ page }, lines) =>
  page.locator(`[role="log"] [data-line="${lines - 1}"]`).waitFor({ timeout: 20_000 });

/** Through all of it, by steps of a wheel, by pages, and by the bar. */
async function scrolled(app, run, { rounds, signal }) {
  await showPage(app, logOf(run));
  await lineIsShown(app, MANY);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    for (const pxPerFrame of [100, 580, MANY / 25]) {
      signal.throwIfAborted();
      times.push(...(await app.page.evaluate(scroll, { pxPerFrame, ms: 4000 })));
    }
  }
  return timeResult(`a frame while ${MANY / 1e6} M lines are scrolled, p99`, {
    ours: percentile(times, 0.99),
    atMost: FRAME_LIMIT_MS,
    note: `p50 ${median(times).toFixed(1)} ms, n = ${times.length}`,
  });
}

/**
 * In the page: ms between frames while the log is scrolled down from its middle, and up again at its end.
 * Nothing is read from the page meanwhile, which would make it lay itself out.
 */
function scroll({ pxPerFrame, ms }) {
  const log = document.querySelector('[role="log"]');
  const room = log.scrollHeight - log.clientHeight;
  let top = log.scrollHeight / 2;
  log.scrollTop = top;
  return new Promise((resolve) => {
    const times = [];
    let last = null;
    let first = null;
    let by = pxPerFrame;
    const step = (now) => {
      if (last !== null) times.push(now - last);
      first ??= now;
      last = now;
      if (top + by > room - 100 || top + by < 100) by = -by;
      top += by;
      log.scrollTop = top;
      if (now - first < ms) return requestAnimationFrame(step);
      resolve(times.slice(1));
    };
    requestAnimationFrame(step);
  });
}

/** From the press of the tab to the end of the frame that shows the last line. */
async function opened(app, run, { rounds, signal }) {
  const times = [];
  await showPage(app, logOf(run));
  // It was left in its middle.
  await app.page.locator('[role="log"]').focus();
  await app.page.keyboard.press('End');
  for (let round = 0; round < rounds; round++) {
    signal.throwIfAborted();
    await lineIsShown(app, MANY);
    await app.page.getByRole('tab', { name: 'Metrics' }).click();
    await app.page.locator('[role="log"]').waitFor({ state: 'detached' });
    await sleep(300);
    times.push(await app.page.evaluate(openOnce, MANY - 1));
  }
  return timeResult(`${MANY / 1e6} M lines open at their end`, {
    ours: median(times),
    atMost: OPEN_LIMIT_MS,
    note: `p95 ${percentile(times, 0.95).toFixed(1)} ms, n = ${times.length}`,
  });
}

/** In the page. */
function openOnce(line) {
  const tab = [...document.querySelectorAll('[role="tab"]')].find(
    ({ textContent }) => textContent === 'Log' || textContent === 'LogLog',
  );
  const started = performance.now();
  tab.focus();
  const press = { bubbles: true, cancelable: true, button: 0, pointerId: 1, pointerType: 'mouse' };
  tab.dispatchEvent(new PointerEvent('pointerdown', press));
  tab.dispatchEvent(new MouseEvent('mousedown', press));
  tab.dispatchEvent(new PointerEvent('pointerup', press));
  tab.dispatchEvent(new MouseEvent('mouseup', press));
  tab.click();
  return new Promise((resolve) => {
    const look = () => {
      const row = document.querySelector(`[role="log"] [data-line="${line}"]`);
      if (!row?.textContent.includes('iter_time')) return requestAnimationFrame(look);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - started);
        port2.postMessage(null);
      });
    };
    look();
  });
}
