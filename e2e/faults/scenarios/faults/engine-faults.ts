import { setTimeout as sleep } from 'node:timers/promises';
import { ownEnd } from '../../audit/auditor.ts';
import type { Stage } from '../../bench/stage.ts';
import { jsonAnswer, onEvery, STEPS } from '../../proxy/rule.ts';
import { wires } from '../../proxy/wire.ts';
import { END_MS, endOf, linesFor, must, startLines, type SingleFault } from './fault.ts';

/** Faults of the engine and of the way to it. */
export const engineFaults: readonly SingleFault[] = [
  {
    id: 'F15',
    how: 'no connection to the engine is taken while a run is launched; after 3 s they are',
    async inject(stage) {
      const prints = linesFor(0.2);
      stage.proxy.rules = [{ on: onEvery, instead: 'close' }];
      const runId = await stage.place.launchLines(prints);
      await sleep(3000);
      must(stage.trace.of(runId)?.ended !== true, 'the run ended while there was no engine');
      stage.proxy.rules = [];
      return endOf(stage, runId, { prints, extent: 'whole', ends: [ownEnd(prints)] });
    },
  },
  {
    id: 'F21',
    how: 'SIGSTOP of dockerd for 15 s while a job runs, then SIGCONT',
    async inject(stage) {
      const prints = linesFor(2);
      const runId = await startLines(stage, prints);
      await stage.engine.signal('SIGSTOP');
      try {
        await sleep(15_000);
        must(stage.trace.of(runId)?.ended !== true, 'the run ended while its engine hung');
      } finally {
        await stage.engine.signal('SIGCONT');
      }
      return endOf(stage, runId, { prints, extent: 'whole', ends: [ownEnd(prints)] });
    },
  },
  {
    id: 'F23',
    how: '/version answers that the engine speaks API 1.12, then 9.9 at least',
    async inject(stage) {
      const seen: string[] = [];
      for (const [api, least] of [
        ['1.12', '1.12'],
        ['9.9', '9.9'],
      ]) {
        const answer = { Version: '0.0.1', ApiVersion: api, MinAPIVersion: least };
        stage.proxy.rules = [{ on: STEPS.version, instead: jsonAnswer(200, answer) }];
        const { stdout } = await stage.place.run('--json', 'doctor');
        must(stdout.includes(api!), `doctor does not name API ${api}: ${stdout.slice(0, 300)}`);
        seen.push(`API ${api} is named`);
      }
      stage.proxy.rules = [];
      return seen.join(', ');
    },
  },
  {
    id: 'F25',
    how: 'a 301 to /info in place of the container, then an attached stream that ends at once, then one that says nothing more',
    async inject(stage) {
      const seen: string[] = [];
      const redirect = { ...jsonAnswer(301, {}), headers: ['Location', '/info'] };
      const faults = [
        { on: STEPS.inspect, times: 1, instead: redirect },
        { on: STEPS.attach, times: 1, wire: wires.halfClose(200) },
        {
          on: STEPS.attach,
          times: 1,
          wire: (bytes: AsyncIterable<Buffer>) => wires.silence(bytes, 300),
        },
      ];
      for (const fault of faults) {
        const prints = linesFor(1);
        stage.proxy.rules = [fault];
        const runId = await stage.place.launchLines(prints);
        const ends = [ownEnd(prints), 'failed start-failed', 'crashed interrupted'];
        seen.push(await endOf(stage, runId, { prints, extent: 'whole', ends }));
      }
      return seen.join(', ');
    },
  },
  {
    id: 'F33',
    how: 'for 20 s nothing passes between Slipway and the engine (one way, then both)',
    async inject(stage) {
      const seen: string[] = [];
      for (const instead of ['silence', 'close'] as const) {
        const prints = linesFor(4);
        const runId = await startLines(stage, prints);
        stage.proxy.rules = [{ on: onEvery, instead }];
        stage.proxy.cut();
        await sleep(20_000);
        const { ended, reachable } = stage.trace.of(runId)!;
        must(!ended && !reachable, `ended: ${ended}, engine reachable: ${reachable}`);
        stage.proxy.rules = [];
        stage.proxy.cut();
        seen.push(await endOf(stage, runId, { prints, extent: 'whole', ends: [ownEnd(prints)] }));
      }
      return seen.join(', ');
    },
  },
  {
    id: 'F22',
    how: 'kill -9 of dockerd during RUN sleep of a build',
    async inject(stage) {
      const runId = await startBuild(stage);
      await stage.engine.signal('SIGKILL');
      await sleep(500);
      await stage.engine.up();
      const ends = ['failed build-failed', 'crashed engine-lost', 'finished exit'];
      return endOf(stage, runId, { prints: null, extent: 'whole', ends });
    },
  },
  {
    id: 'F4',
    how: 'kill -9 of all of Slipway during RUN sleep of a build',
    async inject(stage) {
      const runId = await startBuild(stage);
      stage.killSlipway();
      await stage.startCoreReady();
      const ends = ['crashed interrupted', 'finished exit'];
      return endOf(stage, runId, { prints: null, extent: 'whole', ends });
    },
  },
];

/** Launches a job whose image takes a while to build. Returns its run when that is under way. */
async function startBuild(stage: Stage): Promise<string> {
  const base = process.env['SLIPWAY_TEST_BASE_IMAGE'];
  const folder = await stage.place.code('built', {
    Dockerfile: `FROM ${base}\nCOPY . /code\nRUN sleep 8\nCMD ["true"]\n`,
    stamp: String(performance.now()),
  });
  const words = [
    'launch',
    '--uri',
    folder,
    '--job-name',
    'built',
    '-E',
    'true',
    '--engine',
    'docker',
  ];
  const runId = await stage.place.launch(...words, '--async', '-q', 'faults');
  await stage.trace.until(runId, ({ state, ended }) => state === 'building' || ended, END_MS);
  await sleep(1500);
  return runId;
}
