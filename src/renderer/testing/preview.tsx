/**
 * The window without main, for looking at: `vite src/renderer`, then `/testing/preview.html` with
 * `?world=busy|empty|many`, `&route=<JSON of a route>` and `&log=<lines>&grow=<lines a tick>`.
 */
import { mount } from '../mount.tsx';
import { readRoute } from '../stores/route.ts';
import { replaceRoute } from '../stores/ui.ts';
import { createFakeBridge } from './fake-bridge.ts';
import { makeRun } from './fake-data.ts';
import { addSweeps } from './fake-sweep-data.ts';
import { trainingLine } from './fake-log.ts';
import { busyWorld, emptyWorld } from './fake-world.ts';

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
const bridge = createFakeBridge(world);

const log = { lines: Number(query.get('log') ?? 1_830), ended: false, line: trainingLine };
bridge.logs.set('run-live', log);
const grow = Number(query.get('grow') ?? 0);
if (grow > 0) setInterval(() => (log.lines += grow), 50);

const route = readRoute(JSON.parse(query.get('route') ?? 'null'));
mount(bridge);
if (route) replaceRoute(route);
Object.assign(window, { fake: bridge });
