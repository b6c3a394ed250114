import { setTimeout as sleep } from 'node:timers/promises';
import { ownEnd, type Check, type Expected, type Finding } from '../audit/auditor.ts';
import { readRows } from '../audit/rows.ts';
import { Stage } from '../bench/stage.ts';
import type { LinesSpec } from '../job/reference.ts';
import { STEPS } from '../proxy/rule.ts';
import { Random } from '../random.ts';
import { noResult, type FaultSeen, type ScenarioResult } from '../report/result.ts';
import { times, type Lab, type Scenario } from './scenario.ts';

/** The longest that a run may take to its end after the core is back. */
const END_MS = 60_000;
/** Cycles on one engine and data folder; then a new one, so that nothing hides in what is left of old ones. */
const CYCLES_A_STAGE = 50;

type Side = 'asked' | 'answered';

/** When the core is killed. */
type Moment =
  | { kind: 'time'; ms: number }
  /** At the nth request to the engine after the launch. */
  | { kind: 'request'; nth: number; side: Side }
  | { kind: 'step'; step: keyof typeof STEPS; side: Side };

/** The steps of a run between which a crash leaves the most to tidy up, with the faults they are. */
const CRASH_POINTS: readonly { step: keyof typeof STEPS; side: Side; fault: string }[] = [
  { step: 'create', side: 'asked', fault: 'F2' },
  { step: 'create', side: 'answered', fault: 'F2' },
  { step: 'archive', side: 'answered', fault: 'F2' },
  { step: 'attach', side: 'answered', fault: 'F3' },
  { step: 'start', side: 'asked', fault: 'F3' },
  { step: 'start', side: 'answered', fault: 'F3' },
  { step: 'remove', side: 'asked', fault: 'F1' },
  { step: 'remove', side: 'answered', fault: 'F1' },
];

const momentText = (moment: Moment): string =>
  moment.kind === 'time'
    ? `${moment.ms} ms after the launch`
    : `${moment.side} ${moment.kind === 'step' ? moment.step : `request ${moment.nth}`}`;

/** Every crash point in turn with every other cycle, and random ones between. */
export function chooseMoment(random: Random, cycle: number): Moment {
  if (cycle % 2 === 0) {
    const { step, side } = CRASH_POINTS[(cycle / 2) % CRASH_POINTS.length]!;
    return { kind: 'step', step, side };
  }
  if (random.next() < 0.6) return { kind: 'time', ms: random.between(0, 1500) };
  const side = random.pick(['asked', 'answered'] as const);
  return { kind: 'request', nth: random.between(0, 30), side };
}

export const chooseSpec = (random: Random): LinesSpec => ({
  seed: random.between(0, 2 ** 31),
  lines: random.between(1, 5000),
  width: random.between(19, 120),
  rate: random.pick([0, 2000, 5000]),
  exitCode: random.pick([0, 3]),
});

/** Kills when the moment has come. Resolves when that has happened, or will not. */
async function killAt(stage: Stage, moment: Moment, runId: string): Promise<void> {
  if (moment.kind === 'time') {
    await sleep(moment.ms);
    return stage.killSlipway();
  }
  const killed = new Promise<void>((resolve) => {
    let count = 0;
    const kill = (): void => {
      stage.killSlipway();
      resolve();
    };
    const on = moment.kind === 'step' ? STEPS[moment.step] : () => count++ === moment.nth;
    stage.proxy.rules = [{ on, times: 1, [moment.side]: kill }];
  });
  // A point that this run does not come to.
  const ended = stage.trace.untilEnded(runId, END_MS).then(() => sleep(300));
  await Promise.race([killed, ended]);
  stage.proxy.rules = [];
  stage.killSlipway();
}

/** One cycle: launch, kill, start again, and look. */
export async function killCycle(stage: Stage, random: Random, cycle: number): Promise<Finding[]> {
  const moment = chooseMoment(random, cycle);
  const spec = chooseSpec(random);
  try {
    const { place } = stage;
    const runId = await (random.next() < 0.7 ? place.launchLines(spec) : place.leaveLines(spec));
    await killAt(stage, moment, runId);
    await sleep(random.between(0, 300));
    stage.startCore();
    await stage.untilEnded(runId, END_MS);
    const found = await stage.audit([expectedOf(runId, spec)]);
    return found.map(({ check, text }) => ({ check, text: `${momentText(moment)}: ${text}` }));
  } catch (error) {
    const text = `${momentText(moment)}: ${(error as Error).message}`;
    return [{ check: 'state', text }];
  }
}

const expectedOf = (runId: string, prints: LinesSpec): Expected => ({
  ...{ runId, prints },
  extent: 'whole',
  // What never started is not started by somebody else.
  ends: [ownEnd(prints), 'crashed interrupted'],
});

/** Cycles on a stage of their own. */
async function cyclesOnStage(
  lab: Lab,
  cycles: readonly number[],
  result: ScenarioResult,
): Promise<Finding[]> {
  const stage = await Stage.set();
  const found: Finding[] = [];
  try {
    stage.startCore();
    for (const cycle of cycles) {
      if (lab.signal.aborted) break;
      const seen = await killCycle(stage, new Random(lab.seed + cycle), cycle);
      for (const { check, text } of seen) {
        result.problems.push(`cycle ${cycle} (--seed ${lab.seed}): ${check}: ${text}`);
      }
      found.push(...seen);
      lab.say(`cycle ${cycle + 1}: ${seen.length === 0 ? 'ok' : `${seen.length} findings`}`);
    }
    result.problems.push(...stage.crashes);
    found.push(...stage.crashes.map((text): Finding => ({ check: 'state', text })));
    lab.say(endsOf(stage));
  } finally {
    result.problems.push(...(await stage.clear()));
  }
  return found;
}

/** How many runs came to which end: a scenario in which nothing ever ran would prove nothing. */
function endsOf(stage: Stage): string {
  const counts: Record<string, number> = {};
  for (const { state } of readRows(stage.place.dataDir).runs) {
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return Object.entries(counts)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const count = times(lab, 200, 10);
  const all = Array.from({ length: count }, (_, i) => i);
  const found: Finding[] = [];
  for (let at = 0; at < count && !lab.signal.aborted; at += CYCLES_A_STAGE) {
    found.push(...(await cyclesOnStage(lab, all.slice(at, at + CYCLES_A_STAGE), result)));
  }
  const seen = seenOf(found);
  const ok = found.length === 0;
  const goal = '0 lost or doubled log lines, 0 double starts, 0 orphans';
  result.figures.push({ name: `kill -9 of the core, ${count} cycles`, goal, seen, ok });
  result.faults.push(...faultsOf(found));
  return result;
}

/** The figure, in words. */
export function seenOf(found: readonly Finding[]): string {
  const count = (...checks: Check[]): number =>
    found.filter(({ check }) => checks.includes(check)).length;
  const named = `${count('log')} logs that differ, ${count('start', 'owner')} double starts, ${count('orphan')} orphans`;
  return `${named}, ${found.length - count('log', 'start', 'owner', 'orphan')} other findings`;
}

const HOW: Record<string, string> = {
  F1: 'kill -9 at random moments, and around the removal of the container',
  F2: 'kill -9 when the engine has made the container, before the core hears of it',
  F3: 'kill -9 when the engine has started the container, before the core hears of it',
  F7: 'kill -9 while up to 100,000 lines/s are stored',
};

const faultsOf = (found: readonly Finding[]): FaultSeen[] =>
  Object.entries(HOW).map(([id, how]) => {
    const points = CRASH_POINTS.filter(({ fault }) => fault === id);
    const own = found.filter(({ check, text }) => {
      if (id === 'F1') return true;
      if (id === 'F7') return check === 'log';
      return points.some(({ step, side }) => text.startsWith(`${side} ${step}:`));
    });
    return { id, how, seen: seenOf(own), ok: own.length === 0 };
  });

export const killCore: Scenario = {
  name: 'kill-core',
  about: 'kill -9 of the core at random moments and at crash points',
  run,
};
