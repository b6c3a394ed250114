/** A run that prints a million lines, stored and indexed while it prints; then pages of its log. */
import { join } from 'node:path';
import { createLogStore } from '../../src/core/logs/create-log-store.ts';
import { createJob, createLauncher, openCore } from './core.mjs';
import { docker } from './programs.mjs';
import { ratioResult, timeResult } from './results.mjs';
import { median, percentile, rounds } from './rounds.mjs';

const LINES = 1_000_000;
const PAGE = 200;
const MAIN = `
import sys
for first in range(0, ${LINES}, 1000):
    sys.stdout.write(''.join(
        '%08d epoch=%d step=%d loss=%.6f acc=%.4f lr=0.0003 gpu=0 mem=1234MiB data_time=0.012 iter_time=0.1 ok\\n'
        % (i, i // 1000, i % 1000, 1 / (1 + i), i / ${LINES}) for i in range(first, first + 1000)))
`;
/** What the engine is asked for in a run of ours, so that the program and the log's way are the same. */
const LIKE_OURS = [
  ...['--init', '--user', '1000:1000', '--workdir', '/home/launch/code'],
  ...['--env', 'PYTHONUNBUFFERED=1', '--env', 'HOME=/home/launch'],
  ...['--log-driver', 'local', '--log-opt', 'max-size=1000g', '--log-opt', 'max-file=1'],
  ...['--log-opt', 'compress=false'],
];

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  const core = openCore(workplace);
  const job = await createJob(core, workplace.folder('job'), {
    files: { 'main.py': MAIN },
    name: 'lines',
    entryPoint: 'python main.py',
    signal,
  });
  const launch = createLauncher(core, workplace, signal);
  let { run } = await launch(job);
  const image = run.environment.name;
  const times = await rounds(
    {
      ours: async () => {
        const launched = await launch(job);
        run = launched.run;
        return launched.ended;
      },
      rival: () => docker('run', '--rm', ...LIKE_OURS, image, 'python', 'main.py'),
    },
    { count: quick ? 2 : 9, signal },
  );
  const { lines, bytes } = await core.logs.head(run.id);
  if (lines !== LINES) throw new Error(`${lines} lines were stored`);
  add(
    ratioResult(`${LINES / 1e6} M lines live, stored and indexed`, {
      ...times,
      against: 'docker run > /dev/null, same log driver',
      atMost: 1,
      note: `${(bytes / 1e6).toFixed(0)} MB, ${Math.round(LINES / median(times.ours))} k lines/s`,
    }),
  );
  await measurePages(core, run, { add, count: quick ? 200 : 2000, signal });
  await measureView(core, workplace, run, { add, quick, signal });
  await measureSearch(core, run, { add, signal });
}

const TERMINAL = { streams: null, folded: true };

/** A view of a log that nothing is known of yet, at its end, and then its pages, as a terminal shows them. */
async function measureView(core, workplace, run, { add, quick, signal }) {
  const opened = [];
  let view = core.logs.view(run.id, TERMINAL);
  for (let n = 0; n < (quick ? 2 : 9); n++) {
    signal.throwIfAborted();
    const store = createLogStore(join(workplace.folder('data'), 'logs'));
    const started = performance.now();
    view = store.view(run.id, TERMINAL);
    const { lines } = await view.grow();
    const page = await view.page(lines - PAGE, PAGE);
    opened.push(performance.now() - started);
    if (page.length !== PAGE) throw new Error('the end of the log is not there');
  }
  add(timeResult('log opened at its end, folded', { ours: median(opened), atMost: 100 }));
  const times = [];
  for (let n = 0; n < (quick ? 200 : 2000); n++) {
    signal.throwIfAborted();
    const started = performance.now();
    await view.page(Math.floor(Math.random() * (LINES - PAGE)), PAGE);
    times.push(performance.now() - started);
  }
  const note = `p50 ${median(times).toFixed(2)} ms`;
  add(
    timeResult('folded page, random places (p95)', {
      ours: percentile(times, 0.95),
      atMost: 1,
      note,
    }),
  );
}

/** Plain text in all lines, and the longest time the caller's thread does not answer meanwhile. */
async function measureSearch(core, run, { add, signal }) {
  const search = { pattern: 'step=777 ', regex: false, matchCase: true };
  const once = () =>
    new Promise((resolve, reject) => {
      let found = 0;
      core.logSearches.start({ id: run.id, choice: TERMINAL, search }, true, {
        found: ({ lines, done }) => {
          found += lines.length;
          if (done) resolve(found);
        },
        failed: ({ message }) => reject(new Error(message)),
      });
    });
  await once();
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 1);
    last = performance.now();
  }, 1);
  const started = performance.now();
  const found = await once();
  const took = performance.now() - started;
  clearInterval(timer);
  signal.throwIfAborted();
  if (found !== LINES / 1000) throw new Error(`${found} lines were found`);
  add(timeResult(`search of ${LINES / 1e6} M lines`, { ours: took, atMost: 1000 }));
  add(timeResult('longest block, search', { ours: longest, atMost: 50 }));
}

async function measurePages(core, run, { add, count, signal }) {
  const times = [];
  for (let n = 0; n < count; n++) {
    signal.throwIfAborted();
    const first = Math.floor(Math.random() * (LINES - PAGE));
    const started = performance.now();
    const page = await core.logs.page(run.id, first, PAGE);
    times.push(performance.now() - started);
    if (page.length !== PAGE || Number(page[0].text.slice(0, 8)) !== first) {
      throw new Error(`the page at line ${first} is another one`);
    }
  }
  add(
    timeResult(`page of ${PAGE} lines, random places (p95)`, {
      ours: percentile(times, 0.95),
      atMost: 1,
      note: `p50 ${median(times).toFixed(2)} ms, n = ${count}`,
    }),
  );
}
