import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownEnd } from '../../audit/auditor.ts';
import { kill, killAll, programsBelow } from '../../bench/kill-all.ts';
import { Place } from '../../bench/place.ts';
import type { Stage } from '../../bench/stage.ts';
import { jsonAnswer, STEPS } from '../../proxy/rule.ts';
import { END_MS, endOf, linesFor, must, startLines, type SingleFault } from './fault.ts';

/** Of a repository, so that fetching it takes a while. */
const BLOB_BYTES = 40_000_000;
const NOBODY = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com'];

/** An engine that was found full is tried again after that long. */
const PAUSE_MS = 60_000;

/** Waits until a run that has not ended is shown with a text. */
async function untilShown(stage: Stage, runId: string, text: RegExp): Promise<void> {
  for (const until = performance.now() + END_MS; ; await sleep(200)) {
    const { stdout } = await stage.place.run('run', 'show', runId);
    must(stage.trace.of(runId)?.ended !== true, 'the run ended while its engine was full');
    if (text.test(stdout)) return;
    must(performance.now() < until, `it is not said why it waits: ${stdout.slice(0, 500)}`);
  }
}

async function repository({ place }: Stage): Promise<string> {
  const folder = await place.code('repository', { 'main.py': 'print("up")\n' });
  writeFileSync(join(folder, 'blob'), randomBytes(BLOB_BYTES));
  const git = (...args: string[]): void => void execFileSync('git', ['-C', folder, ...args]);
  git('init', '--quiet');
  git('add', '.');
  git(...NOBODY, 'commit', '--quiet', '--message', 'code');
  return `file://${folder}`;
}

/** Faults of what a data folder stands beside: a repository, another data folder, an engine without room. */
export const placeFaults: readonly SingleFault[] = [
  {
    id: 'F5',
    how: 'kill -9 of a launch and its git after 0.4 to 2 s, while it fetches 40 MB; then launched again',
    async inject(stage) {
      const job = ['launch', '--uri', await repository(stage), '--job-name', 'fetched'];
      const words = [...job, '-E', 'python main.py', '--engine', 'docker', '--async'];
      let fetches = 0;
      for (const ms of [400, 800, 1300, 2000]) {
        const command = stage.place.start(words);
        await sleep(ms);
        const inGit = programsBelow(command.pid, 'git');
        await command.kill();
        stage.killSlipway();
        for (const pid of inGit) kill(pid);
        fetches += Math.min(1, inGit.length);
      }
      must(fetches > 0, 'no kill came while git fetched');
      await stage.startCoreReady();
      const runId = await stage.place.launch(...words, '-q', 'faults');
      const end = { prints: null, extent: 'whole', ends: ['finished exit'] } as const;
      return `${fetches} killed in the middle of git, ${await endOf(stage, runId, end)}`;
    },
  },
  {
    id: 'F13',
    how: 'on another data folder a core starts and looks after the same engine while a job runs',
    async inject(stage) {
      const other = await Place.make(stage.proxy.host);
      try {
        const prints = linesFor(4);
        const runId = await startLines(stage, prints);
        const core = other.startCore();
        await core.printed('"executor"');
        await sleep(1000);
        await core.kill();
        return await endOf(stage, runId, { prints, extent: 'whole', ends: [ownEnd(prints)] });
      } finally {
        killAll(other.dataDir);
        await other.dispose();
      }
    },
  },
  {
    id: 'F38',
    how: 'POST /containers/create is answered with 500, no space left on device; after a while no more',
    async inject(stage) {
      const message = 'mkdir /var/lib/docker/overlay2/x: no space left on device';
      stage.proxy.rules = [{ on: STEPS.create, instead: jsonAnswer(500, { message }) }];
      const asked = () => stage.proxy.seen.filter(STEPS.create).length;
      const before = asked();
      const prints = linesFor(0.2);
      const runs = [await stage.place.launchLines(prints), await stage.place.launchLines(prints)];
      const full = /disk of the Docker engine is full/;
      for (const runId of runs) await untilShown(stage, runId, full);
      const times = asked() - before;
      must(times <= runs.length, `${times} containers were asked for of a full engine`);
      stage.proxy.rules = [];
      await Promise.all(runs.map((id) => stage.trace.untilEnded(id, PAUSE_MS + END_MS)));
      const whole = { prints, extent: 'whole', ends: [ownEnd(prints)] } as const;
      for (const runId of runs) await endOf(stage, runId, whole);
      return `${runs.length} runs wait and say why, then finish`;
    },
  },
];
