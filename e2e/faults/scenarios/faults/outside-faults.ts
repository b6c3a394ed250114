import { setTimeout as sleep } from 'node:timers/promises';
import { ownEnd } from '../../audit/auditor.ts';
import { dockerSays } from '../../audit/engine-witness.ts';
import type { Stage } from '../../bench/stage.ts';
import {
  containerOf,
  END_MS,
  endOf,
  linesFor,
  must,
  startLines,
  type SingleFault,
} from './fault.ts';

const docker = (stage: Stage, ...args: string[]): Promise<string> =>
  dockerSays(stage.engine.host, ...args);

/** Puts a run of some Python into the queue. */
async function launchCode(
  stage: Stage,
  name: string,
  code: string,
  ...more: string[]
): Promise<string> {
  const folder = await stage.place.code(name, { 'main.py': code });
  const job = ['launch', '--uri', folder, '--job-name', name, '-E', 'python main.py'];
  return stage.place.launch(...job, '--engine', 'docker', '--async', '-q', 'faults', ...more);
}

const EAT =
  'import time\nheld = []\nfor _ in range(200):\n    held.append(bytearray(b"x" * 1000000))\n    time.sleep(0.005)\n';

/** What others do to a container, and what a job does to itself. */
export const outsideFaults: readonly SingleFault[] = [
  {
    id: 'F26',
    how: 'docker rm -f while a job runs',
    async inject(stage) {
      const prints = linesFor(8);
      const runId = await startLines(stage, prints);
      await sleep(500);
      await docker(stage, 'rm', '--force', await containerOf(stage, runId));
      // The engine kills it first, which may be seen before it is gone.
      const ends = ['crashed vanished', 'failed signal'];
      return endOf(stage, runId, { prints, extent: 'prefix', ends });
    },
  },
  {
    id: 'F27',
    how: 'docker pause and unpause of one job, docker kill of another',
    async inject(stage) {
      const prints = linesFor(2);
      const paused = await startLines(stage, prints);
      const container = await containerOf(stage, paused);
      await docker(stage, 'pause', container);
      await sleep(2000);
      await docker(stage, 'unpause', container);
      const expected = { prints, extent: 'whole', ends: [ownEnd(prints)] } as const;
      const first = await endOf(stage, paused, expected);
      const killed = await startLines(stage, linesFor(8));
      await docker(stage, 'kill', await containerOf(stage, killed));
      const more = { prints: linesFor(8), extent: 'prefix', ends: ['failed signal'] } as const;
      return `${first}, ${await endOf(stage, killed, more)}`;
    },
  },
  {
    id: 'F28',
    how: 'a job takes more than its 32 MB; a child of a job does, and the job ends with 3',
    async inject(stage) {
      const child = `import subprocess, sys\nsubprocess.run([sys.executable, "-c", ${JSON.stringify(EAT)}])\nsys.exit(3)\n`;
      const seen: string[] = [];
      for (const [name, code, end] of [
        ['eats', EAT, 'failed out-of-memory'],
        ['child-eats', child, 'failed exit'],
      ] as const) {
        const runId = await launchCode(stage, name, code, '--memory', '32m');
        seen.push(await endOf(stage, runId, { prints: null, extent: 'whole', ends: [end] }));
      }
      return seen.join(', ');
    },
  },
  {
    id: 'F29',
    how: 'a job that ignores SIGINT and SIGTERM is stopped, and a second time at once',
    async inject(stage) {
      const code =
        'import signal, time\nsignal.signal(2, signal.SIG_IGN)\nsignal.signal(15, signal.SIG_IGN)\nprint("up", flush=True)\ntime.sleep(120)\n';
      const runId = await launchCode(stage, 'stubborn', code);
      await stage.trace.until(runId, ({ state }) => state === 'running', END_MS);
      await stage.place.run('run', 'stop', runId);
      await stage.place.run('run', 'stop', runId);
      return endOf(stage, runId, { prints: null, extent: 'whole', ends: ['stopped stopped'] });
    },
  },
  {
    id: 'F34',
    how: 'the log driver of the container is looked up while it runs, on an engine whose default is another',
    async inject(stage) {
      const prints = linesFor(1.5);
      const runId = await startLines(stage, prints);
      const id = await containerOf(stage, runId);
      const driver = await docker(
        stage,
        'inspect',
        '--format',
        '{{.HostConfig.LogConfig.Type}}',
        id,
      );
      must(driver === 'local', `the log driver is ${driver}`);
      const end = await endOf(stage, runId, { prints, extent: 'whole', ends: [ownEnd(prints)] });
      return `log driver ${driver}, ${end}`;
    },
  },
  {
    id: 'F35',
    how: "the engine's own log file of a running container loses its second half",
    async inject(stage) {
      const prints = linesFor(3);
      const runId = await startLines(stage, prints);
      await sleep(1000);
      const id = await containerOf(stage, runId);
      await stage.engine.cutLogOf(id);
      await stage.trace.untilEnded(runId, END_MS);
      const ends = [ownEnd(prints)];
      // What was captured live is all there: the stored log does not shrink.
      const end = await endOf(stage, runId, { prints, extent: 'prefix', ends });
      return `${end}, nothing stored was lost`;
    },
  },
];
