/**
 * Metrics: what the app's main process spends on runs that log 1,000 points a second while one is looked
 * at, and how long five charts of 100,000 points take to be drawn anew.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron } from '@playwright/test';
import { build } from 'vite';
import { electronSwitches } from '../lib/electron.mjs';
import { inRoot } from '../lib/paths.mjs';
import { choose, command, createJob, isReady, openApp } from './app-blocks.mjs';
import { ensureBuild } from '../lib/build.mjs';
import { timeResult } from './results.mjs';
import { median } from './rounds.mjs';

const RUNS = 4;
const NAMES = 5;
/** Of each run, so that all of them come to 1,000 points. */
const ROWS_A_SECOND = 50;
const SECONDS = 20;
/** A tenth of a processor core, as ms a second. */
const CPU_LIMIT_MS = 100;

const CHARTS = 5;
const POINTS = 100_000;
const REDRAW_LIMIT_MS = 20;

/** With as much of the W&B SDK as logging takes. */
const MAIN = `
import math, os, sys, tempfile, time
folder = os.path.join(tempfile.mkdtemp(), "wandb", "sdk")
os.makedirs(folder)
for path in ("../__init__.py", "__init__.py"):
    open(os.path.join(folder, path), "w").close()
with open(os.path.join(folder, "wandb_run.py"), "w") as file:
    file.write("""
class Run:
    _interface = object()
    def __init__(self):
        self._run_id, self._local_step, self._config = "abcd1234", 0, {"lr": 0.1}
    def _partial_history_callback(self, data, step=None, commit=None): pass
    def log(self, data):
        self._partial_history_callback(data)
        self._local_step += 1
""")
sys.path.insert(0, os.path.join(folder, "..", ".."))
from wandb.sdk.wandb_run import Run
run, step = Run(), 0
started = time.monotonic()
while True:
    run.log({f"metric/{i}": math.sin(step / 50 + i) for i in range(${NAMES})})
    step += 1
    ahead = started + step / ${ROWS_A_SECOND} - time.monotonic()
    if ahead > 0: time.sleep(ahead)
`;

/** @param {import('./run.mjs').Bench} bench */
export async function measure(bench) {
  await measureLive(bench);
  await measureRedraw(bench);
}

async function measureLive({ workplace, add, quick, signal }) {
  await ensureBuild();
  const app = await openApp(workplace);
  const seconds = quick ? 5 : SECONDS;
  const idle = await cpuOf(app, seconds);
  const runs = await startRuns(app, workplace, signal);
  await showMetrics(app, runs[0]);
  const busy = await cpuOf(app, seconds);
  const points = await pointsOf(app, runs);
  await Promise.all(runs.map((runId) => command(app, 'stopRun', { runId })));
  await untilEnded(app, runs, { workplace, signal });
  add(
    timeResult('CPU of the main process a second, 4 runs log', {
      ours: busy,
      atMost: CPU_LIMIT_MS,
      rival: idle,
      against: 'the same app with nothing to do',
      note: `${RUNS * ROWS_A_SECOND * NAMES} points/s, ${points} stored when it was read, n = 1`,
    }),
  );
}

/** ms of processor time that the main process takes a second, all its threads together. */
async function cpuOf({ electron }, seconds) {
  const used = () => electron.evaluate(() => process.cpuUsage());
  const before = await used();
  await sleep(seconds * 1000);
  const after = await used();
  return (after.user + after.system - before.user - before.system) / 1000 / seconds;
}

async function startRuns(app, workplace, signal) {
  const folder = workplace.folder('logs-metrics');
  writeFileSync(join(folder, 'main.py'), MAIN);
  await choose(app, folder);
  const job = await createJob(app, folder, 'logs-metrics', 'python main.py');
  const runs = [];
  for (let n = 0; n < RUNS; n++) {
    const { run } = await command(app, 'launch', { jobId: job.id, operationId: `metrics-${n}` });
    runs.push(run.id);
  }
  while ((await pointsOf(app, runs)) < RUNS * NAMES) await sleep(200, undefined, { signal });
  return runs;
}

async function pointsOf(app, runs) {
  const counts = await Promise.all(
    runs.map(async (runId) => {
      const { changed } = await command(app, 'runMetricsSince', { runId, points: 2, have: [] });
      const own = changed.filter(({ name }) => name.startsWith('metric/'));
      return own.reduce((sum, { count }) => sum + count, 0);
    }),
  );
  return Math.min(...counts) === 0 ? 0 : counts.reduce((a, b) => a + b, 0);
}

/** The window comes back to where it was; that place is said to be the run's metrics. */
async function showMetrics({ page }, runId) {
  await page.evaluate((id) => {
    const at = { page: 'run', runId: id, tab: 'metrics' };
    localStorage.setItem('slipway.ui', JSON.stringify({ at }));
  }, runId);
  await page.reload();
  await isReady(page);
  await page.getByRole('slider', { name: /^metric\/0 over/ }).waitFor();
}

async function untilEnded(app, runs, { workplace, signal }) {
  for (const runId of runs) {
    for (;;) {
      const { run } = await command(app, 'getRun', { runId });
      if (run.environment) workplace.removeImage(run.environment.name);
      if (run.endedAt !== null) break;
      await sleep(100, undefined, { signal });
    }
  }
}

async function measureRedraw({ workplace, add, quick }) {
  const code = await drawingCode(workplace);
  const { SLIPWAY_TEST_ELECTRON: executablePath, ...env } = process.env;
  const profile = workplace.folder('redraw-profile');
  const args = [...electronSwitches(), `--user-data-dir=${profile}`, HELLO];
  const electron = await _electron.launch({ executablePath, args, env });
  workplace.defer(() => electron.close());
  const page = await electron.firstWindow();
  await page.addScriptTag({ content: code });
  const request = { charts: CHARTS, points: POINTS, rounds: quick ? 5 : 50 };
  const times = await page.evaluate(redraw, request);
  add(
    timeResult('5 charts of 100,000 points are drawn anew', {
      ours: median(times),
      atMost: REDRAW_LIMIT_MS,
      note: `longest ${Math.max(...times).toFixed(1)} ms, n = ${times.length}, to the pixels`,
    }),
  );
}

const HELLO = inRoot('scripts', 'bench', 'hello-app');

/** The drawing of the window's charts, for a page of its own: `window.charts`. */
async function drawingCode(workplace) {
  const folder = inRoot('src', 'renderer', 'features', 'metrics');
  const files = ['series-data', 'plot', 'draw-plot'].map((name) => join(folder, `${name}.ts`));
  const entry = join(workplace.folder('charts'), 'charts.ts');
  writeFileSync(entry, files.map((file) => `export * from ${JSON.stringify(file)};`).join('\n'));
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry, name: 'charts', formats: ['iife'], fileName: 'charts' },
    },
  });
  return `${output[0].code}\nwindow.charts = charts;`;
}

/** In the page: ms for all charts, in each round over another part of their steps. */
function redraw({ charts: count, points, rounds }) {
  const { withNews, plotOf, drawPlot } = window.charts;
  const width = 560;
  const all = Array.from({ length: count }, (_, id) => {
    const values = Array.from({ length: points }, (__, step) => ({
      step,
      at: null,
      value: Math.sin(step / 900 + id) + Math.random(),
    }));
    const news = { id, name: `s${id}`, count: points, from: 0, last: 0, points: values };
    const series = withNews(new Map(), { changed: [news], gone: [] }).get(id);
    const canvas = document.body.appendChild(document.createElement('canvas'));
    return { series, canvas };
  });
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    for (const { series, canvas } of all) {
      const view = { from: round, to: points - 1 - round };
      const plot = plotOf([{ series, values: series.values }], {
        view,
        width,
        log: false,
        fromZero: false,
      });
      const lines = [{ series, values: series.values, colour: null, dash: [] }];
      drawPlot(canvas, { lines, plot });
    }
    // Asking for a pixel waits until everything is drawn.
    for (const { canvas } of all) canvas.getContext('2d').getImageData(0, 0, 1, 1);
    times.push(performance.now() - started);
  }
  return times;
}
