/**
 * The list of 100,000 runs in the real app: opened, sorted and filtered, to the end of the frame that
 * shows it; and the memory of all processes. The rival is a page that says hello on the same Electron.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron } from '@playwright/test';
import { ensureBuild } from '../lib/build.mjs';
import { electronSwitches } from '../lib/electron.mjs';
import { root } from '../lib/paths.mjs';
import { writeRuns } from './many-runs.mjs';
import { memoryOf } from './memory.mjs';
import { memoryResult, ratioResult, timeResult } from './results.mjs';
import { median, percentile, rounds } from './rounds.mjs';
import { filterBy, install, loadedIn, openRuns, press } from './run-list-page.mjs';

const RUNS = 100_000;
const HELLO = join(import.meta.dirname, 'hello-app');
const COLUMNS = ['name', 'state', 'job', 'created', 'duration', 'config lr', 'summary val.loss'];
/** Each shows other rows than the one before. */
const STEPS = [
  ...[
    [press, 'Run'],
    [press, 'val.loss'],
    [press, 'val.loss'],
    [press, 'lr'],
    [press, 'Job'],
  ],
  ...[
    [press, 'Duration'],
    [press, 'Duration'],
    [press, 'Failed'],
    [press, 'lr'],
    [press, 'lr'],
  ],
  ...[
    [press, 'Run'],
    [press, 'All'],
    [press, 'Run'],
    [filterBy, 'river'],
    [filterBy, 'river-7'],
  ],
  ...[
    [filterBy, 'baseline'],
    [filterBy, 'resnet50'],
    [press, 'val.loss'],
    [filterBy, ''],
  ],
  ...[
    [press, 'Finished'],
    [press, 'State'],
    [press, 'Created'],
    [press, 'All'],
    [press, 'Created'],
  ],
];
/** How long the app may rest before its memory is looked at. */
const REST_MS = 10_000;

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  await ensureBuild();
  const data = workplace.folder('list-data');
  writeRuns(data, RUNS);
  const ours = await open(workplace, [root, `--data-dir=${data}`]);
  const hello = await open(workplace, [`--user-data-dir=${workplace.folder('hello')}`, HELLO]);
  await showColumns(ours.page);
  add(
    ratioResult('list opens', {
      ...(await openings({ ours, hello }, { count: quick ? 3 : 15, signal })),
      against: 'loading a hello-world page',
      atMost: 1.2,
      note: `${RUNS} runs`,
    }),
  );
  const times = await changes(ours.page, { count: quick ? 1 : 8, signal });
  add(
    timeResult('sort or filter, to pixels, p95', {
      ours: percentile(times, 0.95),
      atMost: 50,
      note: `p50 ${median(times).toFixed(1)} ms, n = ${times.length}`,
    }),
  );
  await sleep(quick ? 1000 : REST_MS, undefined, { signal });
  add(
    memoryResult('memory of all processes, in the list', {
      ours: memoryOf(ours.electron.process().pid),
      rival: memoryOf(hello.electron.process().pid),
      against: 'a hello-world page',
      atMost: 1.3,
    }),
  );
}

async function open(workplace, args) {
  const { SLIPWAY_TEST_ELECTRON: executablePath, ...env } = process.env;
  const electron = await _electron.launch({
    executablePath,
    args: [...electronSwitches(), ...args],
    env,
  });
  workplace.defer(() => electron.close());
  const page = await electron.firstWindow();
  await isReady(page);
  return { electron, page };
}

const isReady = (page) => page.locator('html[data-ready="true"]').waitFor();

/** Values are columns like others. The page keeps its layout when it is left: it is given before the next. */
async function showColumns(page) {
  const projectId = await page.evaluate(async () => {
    const { value } = await window.slipway.commands.listProjects({});
    return value[0].id;
  });
  const layout = { shown: COLUMNS, widths: {}, sort: [], groupBy: null };
  const stored = JSON.stringify({ tables: { [`project ${projectId}`]: layout } });
  await page.addInitScript((text) => localStorage.setItem('slipway.run-tables', text), stored);
  await page.reload();
  await isReady(page);
  await page.evaluate(install);
}

async function openings({ ours, hello }, options) {
  const times = await rounds(
    {
      ours: async () => {
        await ours.page.getByRole('button', { name: 'Jobs', exact: true }).first().click();
        await ours.page.getByRole('grid', { name: 'Runs' }).waitFor({ state: 'detached' });
        return ours.page.evaluate(openRuns);
      },
      rival: async () => {
        await hello.page.reload({ waitUntil: 'commit' });
        return hello.page.evaluate(loadedIn);
      },
    },
    options,
  );
  return times;
}

async function changes(page, { count, signal }) {
  const times = [];
  await page.getByRole('columnheader', { name: 'val.loss' }).waitFor();
  // The first time code is new, as are the columns.
  for (let round = -1; round < count; round++) {
    for (const [step, words] of STEPS) {
      signal.throwIfAborted();
      const ms = await page.evaluate(step, words).catch((error) => {
        throw new Error(`${String(words)}: ${error.message}`);
      });
      if (round >= 0) times.push(ms);
      await sleep(150);
    }
  }
  return times;
}
