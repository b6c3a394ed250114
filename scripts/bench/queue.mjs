/**
 * A queue of 10,000 runs that wait, in the real app: opened, scrolled, and put into another order, to the end
 * of the frame that shows it; and what that takes of memory.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuild } from '../lib/build.mjs';
import { command, openApp } from './app-blocks.mjs';
import { queueRuns, writeRuns } from './many-runs.mjs';
import { memoryOf } from './memory.mjs';
import { install, openQueue, places, scroll, watchDrop } from './queue-page.mjs';
import { memoryResult, timeResult } from './results.mjs';
import { median, percentile } from './rounds.mjs';

const WAITING = 10_000;
const OPEN_LIMIT_MS = 200;
const FRAME_LIMIT_MS = 33;
const DROP_LIMIT_MS = 100;
const MOVE_LIMIT_MS = 50;
const MEMORY_LIMIT = 1.2;
/** Steps of a wheel, pages, and what a scroll bar does. */
const SPEEDS = [100, 580, WAITING / 4];
/** How long the app may rest before its memory is looked at. */
const REST_MS = 10_000;

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  await ensureBuild();
  const data = workplace.folder('app-data');
  writeRuns(data, WAITING);
  queueRuns(data, WAITING);
  const app = await openApp(workplace);
  await command(app, 'saveSettings', {
    ...(await command(app, 'getSettings', {})),
    quitWithRuns: 'keep',
  });
  await app.page.evaluate(install);
  const rest = () => sleep(quick ? 1000 : REST_MS, undefined, { signal });
  await rest();
  const first = memoryOf(app.electron.process().pid);
  const { shown, used } = await openings(app, { count: quick ? 5 : 15, signal });
  add(timesResult('opens', OPEN_LIMIT_MS, shown));
  add(timesResult('rows can be used', OPEN_LIMIT_MS, used));
  add(framesResult(await scrolled(app, { rounds: quick ? 1 : 3, signal })));
  add(timesResult('a drop, to pixels', DROP_LIMIT_MS, await drops(app, quick ? 3 : 10, signal)));
  add(timesResult('a move of 100, answered', MOVE_LIMIT_MS, await moves(app, quick ? 3 : 10)));
  await rest();
  add(
    memoryResult('memory of all processes, after that', {
      ours: memoryOf(app.electron.process().pid),
      rival: first,
      against: 'the same app on its first page',
      atMost: MEMORY_LIMIT,
    }),
  );
}

const timesResult = (what, atMost, times) =>
  timeResult(`queue of ${WAITING}: ${what}`, {
    ours: median(times),
    atMost,
    note: `p95 ${percentile(times, 0.95).toFixed(1)} ms, n = ${times.length}`,
  });

const framesResult = (times) =>
  timeResult('a frame while it is scrolled, p99', {
    ours: percentile(times, 0.99),
    atMost: FRAME_LIMIT_MS,
    note: `p50 ${median(times).toFixed(1)} ms, n = ${times.length}`,
  });

/** The first opening loads the page itself, and does not count. */
async function openings({ page }, { count, signal }) {
  const times = { shown: [], used: [] };
  for (let round = -1; round < count; round++) {
    signal.throwIfAborted();
    await page.getByRole('button', { name: 'Jobs', exact: true }).first().click();
    await page.getByRole('grid', { name: 'Waiting runs' }).waitFor({ state: 'detached' });
    await sleep(300);
    const { shown, used } = await page.evaluate(openQueue);
    if (round < 0) continue;
    times.shown.push(shown);
    times.used.push(used);
  }
  return times;
}

async function scrolled({ page }, { rounds, signal }) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    for (const pxPerFrame of SPEEDS) {
      signal.throwIfAborted();
      times.push(...(await page.evaluate(scroll, { pxPerFrame, ms: 4000 })));
    }
  }
  return times;
}

/** In the middle of the list, a row is put a few places above by the mouse. */
async function drops({ page }, count, signal) {
  const times = [];
  for (let round = -1; round < count; round++) {
    signal.throwIfAborted();
    await sleep(500);
    const rows = await page.evaluate(places);
    const [to, from] = [rows[2], rows[7]];
    await page.evaluate(watchDrop);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 4, from.y - 6, { steps: 3 });
    await page.mouse.move(to.x + 4, to.y - 11, { steps: 6 });
    await page.mouse.up();
    const ms = await page.evaluate(() => window.dropped);
    if (round >= 0) times.push(ms);
  }
  return times;
}

/** A hundred runs from the end of a priority to its beginning, and as the window is answered. */
async function moves(app, count) {
  const queueId = 'default';
  const times = [];
  for (let round = -1; round < count; round++) {
    const part = (offset, limit) => command(app, 'getQueue', { queueId, offset, limit });
    const [{ waiting: last }, { waiting: first }] = [await part(7900, 100), await part(3000, 1)];
    const request = { runIds: last.map(({ run }) => run.id), before: first[0].run.id };
    const ms = await app.page.evaluate(async (move) => {
      const started = performance.now();
      const { ok, error } = await window.slipway.commands.moveRuns(move);
      if (!ok) throw new Error(error.message);
      return performance.now() - started;
    }, request);
    if (round >= 0) times.push(ms);
  }
  return times;
}
