/**
 * The window without main, for looking at: `vite src/renderer`, then `/testing/preview.html` with
 * `?world=busy|empty|many`, `&route=<JSON of a route>` and `&log=<lines>&grow=<lines a tick>`.
 */
import { mount } from '../mount.tsx';
import { readRoute } from '../stores/route.ts';
import { replaceRoute } from '../stores/ui.ts';
import { createFakeBridge } from './fake-bridge.ts';
import { makeRun } from './fake-data.ts';
import { metricSeries } from './fake-tracked.ts';
import { addQueues } from './fake-queues.ts';
import { addSweeps } from './fake-sweep-data.ts';
import { trainingLine } from './fake-log.ts';
import { busyWorld, emptyWorld } from './fake-world.ts';

/** The same for a run each time, and another than that of others. */
function metricsOf(runId: string) {
  const seed = (runId.charCodeAt(runId.length - 1) % 10) / 10 + 0.5;
  const usage = ['memory', 'cpu', 'network in', 'network out', 'disk read', 'disk written'];
  const used = usage.map((name, i) => ({
    ...metricSeries(600)[i % 4]!,
    name: `usage/${name}`,
  }));
  const start = Date.now() - 3_600_000;
  return [...metricSeries(Math.round(3000 * seed)), ...used].map(({ points, ...one }, id) => ({
    ...one,
    id,
    from: 0,
    points: points.map(({ step, value }) => ({
      step,
      at: start + step * 900 * seed,
      value: (one.name.startsWith('usage') ? 1e8 : 1) * value * (0.8 + seed / 4),
    })),
  }));
}

const query = new URLSearchParams(location.search);
const worlds = { busy: () => busyWorld(), empty: emptyWorld, many: () => busyWorld(10_000) };
const world = worlds[(query.get('world') ?? 'busy') as keyof typeof worlds]();
if (query.get('world') !== 'empty') {
  world.runs.push(
    makeRun(
      {
        id: 'run-broken',
        name: 'lucid-maple-203',
        state: 'failed',
        startedAt: null,
        environment: null,
        reason: {
          code: 'build-failed',
          text: 'the build failed at step 4, pip install',
          next: 'Change torch==9.9 in requirements.txt to a version that exists, then launch again.',
          detail:
            'ERROR: Could not find a version that satisfies the requirement torch==9.9\nERROR: No matching distribution found for torch==9.9',
        },
      },
      world.jobs[0],
    ),
  );
}
if (query.get('world') !== 'empty') addSweeps(world);
if ((query.get('world') ?? 'busy') === 'busy') addQueues(world);
const bridge = createFakeBridge(world);
bridge.answer('runMetricsSince', ({ runId, have }) => ({
  changed: have.length === 0 ? metricsOf(runId) : [],
  gone: [],
}));

const log = { lines: Number(query.get('log') ?? 1_830), ended: false, line: trainingLine };
bridge.logs.set('run-live', log);
const grow = Number(query.get('grow') ?? 0);
if (grow > 0) setInterval(() => (log.lines += grow), 50);

const route = readRoute(JSON.parse(query.get('route') ?? 'null'));
mount(bridge);
if (route) replaceRoute(route);
Object.assign(window, { fake: bridge });
