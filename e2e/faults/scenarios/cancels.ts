import { setTimeout as sleep } from 'node:timers/promises';
import { ownEnd, type Finding } from '../audit/auditor.ts';
import { Stage } from '../bench/stage.ts';
import type { LinesSpec } from '../job/reference.ts';
import { Random } from '../random.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { times, type Lab, type Scenario } from './scenario.ts';

const END_MS = 60_000;
/** Runs that are cancelled at the same time. */
const AT_ONCE = 2;

/** Cancels a run at a random moment between its launch and a while after its end; half of them twice. */
export async function cancelOnce(stage: Stage, random: Random): Promise<Finding[]> {
  const prints: LinesSpec = {
    ...{ seed: random.between(0, 2 ** 31), width: 30, rate: 1000, exitCode: random.pick([0, 4]) },
    lines: random.between(1, 1200),
  };
  const runId = await stage.place.launchLines(prints);
  await sleep(random.between(0, 2500));
  // It may have ended already: then there is nothing to stop, and that is said.
  await stage.place.run('run', 'stop', runId);
  if (random.next() < 0.5) await stage.place.run('run', 'stop', runId);
  await stage.untilEnded(runId, END_MS);
  const ends = ['stopped stopped', ownEnd(prints)];
  return stage.audit([{ runId, prints, extent: 'prefix', ends }]);
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const count = times(lab, 50, 6);
  const stage = await Stage.set();
  const found: Finding[] = [];
  try {
    await stage.startCoreReady();
    for (let i = 0; i < count && !lab.signal.aborted; i += AT_ONCE) {
      const seen = await cancelSome(stage, Math.min(AT_ONCE, count - i), lab.seed + i);
      found.push(...seen.map(({ check, text }) => ({ check, text: `cancel ${i}: ${text}` })));
    }
    found.push(...stage.crashes.map((text): Finding => ({ check: 'state', text })));
  } finally {
    await stage.clear();
  }
  const ok = found.length === 0;
  const seen = ok ? 'exactly one each' : `${found.length} findings`;
  result.figures.push({
    ...{ name: `cancels at random moments, ${count} of them`, goal: 'exactly one end state each' },
    ...{ seen, ok },
  });
  result.faults.push({
    id: 'F30',
    how: 'slipway run stop at random moments, once or twice',
    seen,
    ok,
  });
  result.problems.push(...found.map(({ check, text }) => `${check}: ${text}`));
  return result;
}

/** What is left over is only looked for when no run goes on, hence together. */
async function cancelSome(stage: Stage, count: number, seed: number): Promise<Finding[]> {
  const cancels = Array.from({ length: count }, (_, i) => cancelOnce(stage, new Random(seed + i)));
  const ends = await Promise.allSettled(cancels);
  return ends.flatMap((end): Finding[] =>
    end.status === 'fulfilled' ? end.value : [{ check: 'state', text: String(end.reason) }],
  );
}

export const cancels: Scenario = {
  name: 'cancels',
  about: 'runs are stopped at random moments',
  run,
};
