import { setTimeout as sleep } from 'node:timers/promises';
import { ownEnd, type Expected, type Finding } from '../audit/auditor.ts';
import { bytesStored } from '../audit/log-file.ts';
import { Stage } from '../bench/stage.ts';
import type { LinesSpec } from '../job/reference.ts';
import { Random } from '../random.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { times, type Lab, type Scenario } from './scenario.ts';

const END_MS = 90_000;
const LOST = 'crashed engine-lost';

/** A way in which an engine goes and comes back. */
interface Mode {
  name: string;
  fault: string;
  flags: string[];
  how: string;
  go(stage: Stage): Promise<void>;
  /** Whether jobs live on meanwhile. */
  keepsJobs: boolean;
}

const MODES: readonly Mode[] = [
  {
    name: 'kill',
    fault: 'F17',
    flags: [],
    how: 'kill -9 of dockerd',
    go: ({ engine }) => engine.signal('SIGKILL'),
    keepsJobs: false,
  },
  {
    name: 'TERM',
    fault: 'F18',
    flags: [],
    how: 'SIGTERM to dockerd',
    go: ({ engine }) => engine.signal('SIGTERM'),
    keepsJobs: false,
  },
  {
    name: 'live-restore',
    fault: 'F19',
    flags: ['--live-restore'],
    how: 'kill -9 of dockerd with live-restore; one job ends while it is away',
    go: ({ engine }) => engine.signal('SIGKILL'),
    keepsJobs: true,
  },
  {
    name: 'stack',
    fault: 'F20',
    flags: [],
    how: 'kill -9 of dockerd, containerd, shims and jobs at once',
    go: ({ engine }) => engine.crash(),
    keepsJobs: false,
  },
];

/** One job that goes on over the restart, and one that is over soon after the engine has gone. */
const jobs = (random: Random): LinesSpec[] =>
  [3, 1].map((seconds) => ({
    ...{ seed: random.between(0, 2 ** 31), width: 40, rate: 1000, exitCode: random.pick([0, 5]) },
    lines: seconds * 1000 + random.between(0, 500),
  }));

/** Until then it is Python that is stopped, which prints what is no line of the job. */
async function untilPrints(stage: Stage, runId: string): Promise<void> {
  await stage.trace.until(runId, ({ state, ended }) => state === 'running' || ended, END_MS);
  const isSilent = () => bytesStored(`${stage.place.dataDir}/logs`, runId) === 0;
  while (isSilent() && stage.trace.of(runId)?.ended !== true) await sleep(50);
}

/** Lets the engine of a stage go and come back while two jobs run. */
async function restart(stage: Stage, mode: Mode, random: Random): Promise<Finding[]> {
  const specs = jobs(random);
  const runs = await Promise.all(specs.map((spec) => stage.place.launchLines(spec)));
  await Promise.all(runs.map((id) => untilPrints(stage, id)));
  // An engine needs a moment to write down that it started something.
  await sleep(random.between(0, 800));
  await mode.go(stage);
  await sleep(random.between(200, 1500));
  await stage.engine.up();
  await Promise.all(runs.map((id) => stage.untilEnded(id, END_MS)));
  return stage.audit(runs.map((runId, i) => expectedOf(runId, specs[i]!, mode)));
}

/** The same by the name of a mode that needs no flags. */
export const engineRestart = (
  stage: Stage,
  name: 'kill' | 'TERM' | 'stack',
  random: Random,
): Promise<Finding[]> =>
  restart(
    stage,
    MODES.find((mode) => mode.name === name)!,
    random,
  );

/** A job may also have ended before its engine went. */
const expectedOf = (runId: string, prints: LinesSpec, { keepsJobs }: Mode): Expected =>
  keepsJobs
    ? // Of a job that ends while its engine is away, that may lose what it had not read.
      { runId, prints, extent: 'told', ends: [ownEnd(prints)] }
    : { runId, prints, extent: 'prefix', ends: [LOST, ownEnd(prints)] };

async function restartsIn(mode: Mode, count: number, lab: Lab): Promise<Finding[]> {
  const stage = await Stage.set({ flags: mode.flags, direct: true });
  const found: Finding[] = [];
  try {
    await stage.startCoreReady();
    for (let i = 0; i < count && !lab.signal.aborted; i += 1) {
      const seen = await restart(stage, mode, new Random(lab.seed + i)).catch(broken);
      found.push(...seen.map(({ check, text }) => ({ check, text: `restart ${i}: ${text}` })));
      lab.say(`${mode.name} ${i + 1}: ${seen.length === 0 ? 'ok' : `${seen.length} findings`}`);
      // What it could not be got out of once is not made worse: an engine that is away stays so.
      if (seen.some(({ check }) => check === 'state'))
        await stage.engine.up().catch(() => undefined);
    }
    found.push(...stage.crashes.map((text): Finding => ({ check: 'state', text })));
  } finally {
    await stage.clear();
  }
  return found;
}

const broken = (error: Error): Finding[] => [{ check: 'state', text: error.message }];

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const all: Finding[] = [];
  const counts = times(lab, 50, 4);
  for (const [i, mode] of MODES.entries()) {
    const count = Math.floor((counts + MODES.length - 1 - i) / MODES.length);
    const found = await restartsIn(mode, count, lab).catch(broken);
    all.push(...found);
    const seen =
      found.length === 0 ? `${count} restarts, all as promised` : `${found.length} findings`;
    result.faults.push({
      id: mode.fault,
      how: `${mode.how}, ${count} times`,
      seen,
      ok: found.length === 0,
    });
    result.problems.push(...found.map(({ check, text }) => `${mode.name}: ${check}: ${text}`));
  }
  const states = all.filter(({ check }) => ['state', 'end', 'code'].includes(check)).length;
  result.figures.push({
    name: `engine restarts in four modes, ${counts} of them`,
    goal: '0 wrong end states',
    seen: `${states} wrong end states, ${all.length - states} other findings`,
    ok: all.length === 0,
  });
  return result;
}

export const engineRestarts: Scenario = {
  name: 'engine-restarts',
  about: 'the engine is killed, stopped, or taken away with all it started, while jobs run',
  run,
};
