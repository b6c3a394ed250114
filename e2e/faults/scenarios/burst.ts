import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import type { SeenEvent } from '../audit/engine-witness.ts';
import { readRows } from '../audit/rows.ts';
import { Stage } from '../bench/stage.ts';
import { Random } from '../random.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { times, type Lab, type Scenario } from './scenario.ts';

const execute = promisify(execFile);
const CONCURRENCY = 4;
const ROUNDS = 4;
const GOAL = 1.05;
const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
const QUEUE = 'burst';

interface Queued {
  id: string;
  priority: (typeof PRIORITIES)[number];
}

/** Several at a time, until all are done. */
async function inTurns<T>(
  count: number,
  width: number,
  work: (i: number) => Promise<T>,
): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const i = next++;
      done[i] = await work(i);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return done;
}

/** A job with an input, by which a sweep can make as many runs of it as are wanted. */
async function makeJob({ place }: Stage): Promise<void> {
  const code = 'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--i")\n';
  const folder = await place.code('nothing', { 'main.py': code });
  const job = ['--uri', folder, '--job-name', 'nothing', '-E', 'python main.py'];
  await place.must('launch', ...job, '--engine', 'docker');
}

/** By one sweep, whose cells are then given their priorities: a command for each run would take an hour. */
async function enqueue(stage: Stage, count: number, random: Random): Promise<Queued[]> {
  const cells = ['--grid', `i=1..${count}`, '-n', String(count)];
  const words = [
    '--job',
    'nothing',
    '-E',
    'true',
    ...cells,
    '--async',
    '-q',
    QUEUE,
    '--engine',
    'docker',
  ];
  await stage.place.must('sweep', 'start', ...words);
  const { runs } = readRows(stage.place.dataDir);
  const queued = runs
    .filter(({ state }) => state === 'queued')
    .map(({ id }) => ({ id, priority: random.pick(PRIORITIES) }));
  if (queued.length !== count) throw new Error(`${queued.length} of ${count} cells wait`);
  for (const priority of PRIORITIES) {
    const own = queued.filter((one) => one.priority === priority).map(({ id }) => id);
    if (own.length > 0) await stage.place.must('queue', 'move', ...own, '-P', priority);
  }
  return queued;
}

/** From the moment the queue may go on to the end of its last run, in seconds. */
async function runQueue(stage: Stage, queued: readonly Queued[]): Promise<number> {
  await stage.place.must('queue', 'resume', QUEUE);
  const started = Date.now();
  const limit = 60_000 + queued.length * 4000;
  await Promise.all(queued.map(({ id }) => stage.trace.untilEnded(id, limit)));
  const ids = new Set(queued.map(({ id }) => id));
  const ends = readRows(stage.place.dataDir).runs.filter(({ id }) => ids.has(id));
  await stage.place.must('queue', 'pause', QUEUE);
  return (Math.max(...ends.map(({ ended_at }) => ended_at ?? 0)) - started) / 1000;
}

/** The same number of the same, by `docker run` in a loop. */
async function runLoop(stage: Stage, image: string, count: number): Promise<number> {
  const started = performance.now();
  const words = ['-H', stage.engine.host, 'run', '--rm', '--init', '--entrypoint', 'true', image];
  await inTurns(count, CONCURRENCY, () => execute('docker', words));
  return (performance.now() - started) / 1000;
}

/** How many places a run was started before one of a higher priority, at most. */
export function disorder(queued: readonly Queued[], startOrder: readonly string[]): number {
  const rank = new Map(queued.map(({ id, priority }) => [id, PRIORITIES.indexOf(priority)]));
  const ranks = startOrder.map((id) => rank.get(id)).filter((found) => found !== undefined);
  const sorted = ranks.toSorted((a, b) => a - b);
  return Math.max(0, ...ranks.map((own, i) => Math.max(0, sorted.indexOf(own) - i)));
}

/** Runs in the order in which the engine started them. */
function orderOf(stage: Stage, events: readonly SeenEvent[]): string[] {
  const { attempts } = readRows(stage.place.dataDir);
  const runOf = new Map(attempts.map(({ id, run_id }) => [id, run_id]));
  return events
    .filter(({ action, attempt }) => action === 'start' && attempt !== null)
    .map(({ attempt }) => runOf.get(attempt!) ?? '');
}

interface Round {
  ratio: number;
  disorder: number;
  unfinished: number;
}

async function round(stage: Stage, image: string, count: number, seed: number): Promise<Round> {
  const queued = await enqueue(stage, count, new Random(seed));
  const first = stage.witness.events.length;
  const ours = await runQueue(stage, queued);
  await stage.witness.settle();
  const order = orderOf(stage, stage.witness.events.slice(first));
  const rival = await runLoop(stage, image, count);
  const unfinished = queued.filter(({ id }) => stage.trace.of(id)?.state !== 'finished').length;
  return { ratio: ours / rival, disorder: disorder(queued, order), unfinished };
}

/** What the job runs in, as the row says. */
function imageOf(dataDir: string): string {
  const db = new Database(`${dataDir}/slipway.db`, { readonly: true });
  try {
    const row = db.prepare<[], { name: string }>(
      "SELECT json_extract(environment, '$.name') AS name FROM run WHERE environment IS NOT NULL ORDER BY seq DESC",
    );
    return row.get()!.name;
  } finally {
    db.close();
  }
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const count = times(lab, 1000, 16);
  const stage = await Stage.set({ direct: true });
  try {
    await makeJob(stage);
    await stage.place.must('queue', 'create', QUEUE, '--concurrency', String(CONCURRENCY));
    await stage.place.must('queue', 'pause', QUEUE);
    await stage.startCoreReady();
    const rounds: Round[] = [];
    for (let i = 0; i < ROUNDS && !lab.signal.aborted; i += 1) {
      const image = imageOf(stage.place.dataDir);
      rounds.push(await round(stage, image, count / ROUNDS, lab.seed + i));
      lab.say(`round ${i + 1}: ${rounds.at(-1)!.ratio.toFixed(2)}x`);
    }
    const found = await stage.audit([]);
    result.problems.push(...found.map(({ check, text }) => `${check}: ${text}`));
    report(result, lab, rounds, count);
  } finally {
    await stage.clear();
  }
  return result;
}

function report(
  result: ScenarioResult,
  { quick }: Lab,
  rounds: readonly Round[],
  count: number,
): void {
  const ratios = rounds.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
  const ratio = ratios[Math.floor(ratios.length / 2)] ?? NaN;
  const worst = Math.max(0, ...rounds.map((one) => one.disorder));
  const unfinished = rounds.reduce((sum, one) => sum + one.unfinished, 0);
  const seen = `${unfinished} not finished, ${worst} places out of order at most, makespan ${ratio.toFixed(2)}x`;
  const isInOrder = unfinished === 0 && worst < CONCURRENCY;
  result.figures.push({
    name: `${count} queued runs of true with concurrency ${CONCURRENCY}`,
    goal: `all end, in order of priority, makespan <= ${GOAL}x of docker run in a loop`,
    seen,
    // A handful of runs is not measured, only seen to work.
    ok: isInOrder && result.problems.length === 0 && (quick || ratio <= GOAL),
  });
}

export const burst: Scenario = {
  name: 'burst',
  about: 'many runs that do nothing, through a queue',
  run,
};
