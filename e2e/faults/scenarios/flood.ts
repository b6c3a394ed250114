import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownEnd, type Finding } from '../audit/auditor.ts';
import { Stage } from '../bench/stage.ts';
import type { LinesSpec } from '../job/reference.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { times, type Lab, type Scenario } from './scenario.ts';

const MB = 2 ** 20;
const END_MS = 60_000;
/** Promised: so much more a minute at most. */
const GOAL = 0.2;
const COLLECT = new URL('../bench/collect.ts', import.meta.url).href;
/** The first half is warming up: code that is compiled, buffers of the system. What grows then does not go on growing. */
const WARM_UP = 0.5;

interface Sample {
  /** ms */
  at: number;
  /** Bytes in memory, and those of them that the program holds. */
  rss: number;
  held: number;
}

/** Growth in MB a minute: the slope of the line through the samples, by least squares. */
export function slopeOf(samples: readonly Sample[], of: 'rss' | 'held'): number {
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const at = mean(samples.map((sample) => sample.at));
  const bytes = mean(samples.map((sample) => sample[of]));
  let above = 0;
  let below = 0;
  for (const sample of samples) {
    above += (sample.at - at) * (sample[of] - bytes);
    below += (sample.at - at) ** 2;
  }
  return below === 0 ? 0 : ((above / below) * 60_000) / MB;
}

/** What the core wrote down, without its warming up. */
function samplesIn(file: string): Sample[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.slice(Math.floor(lines.length * WARM_UP)).map((line) => JSON.parse(line) as Sample);
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const seconds = times(lab, 600, 20);
  const spec: LinesSpec = {
    seed: lab.seed,
    lines: seconds * 10_000,
    width: 100,
    rate: 10_000,
    exitCode: 0,
  };
  const stage = await Stage.set({ direct: true });
  try {
    const file = join(stage.place.folder, 'memory');
    await stage.startCoreReady({ NODE_OPTIONS: `--import ${COLLECT}`, FAULTS_MEMORY: file });
    const runId = await stage.place.launchLines(spec);
    await stage.untilEnded(runId, seconds * 1500 + END_MS);
    const samples = samplesIn(file);
    const found = await stage.audit([
      { runId, prints: spec, extent: 'whole', ends: [ownEnd(spec)] },
    ]);
    report(result, lab, seconds, samples, [...found, ...crashesOf(stage)]);
  } finally {
    await stage.clear();
  }
  return result;
}

const crashesOf = ({ crashes }: Stage): Finding[] =>
  crashes.map((text) => ({ check: 'state', text }));

function report(
  result: ScenarioResult,
  { quick }: Lab,
  seconds: number,
  samples: readonly Sample[],
  found: readonly Finding[],
): void {
  const slope = slopeOf(samples, 'held');
  const resident = slopeOf(samples, 'rss');
  const most = Math.max(0, ...samples.map(({ rss }) => rss)) / MB;
  const log = found.length === 0 ? 'log byte-exact' : found[0]!.text;
  const grows = `${slope.toFixed(2)} MB/min held, ${resident.toFixed(2)} resident`;
  const seen = `${grows}, ${most.toFixed(0)} MB at most, ${log}`;
  // Seconds say nothing of a slope: then only the log counts.
  const ok = found.length === 0 && (quick || slope < GOAL);
  const name = `memory while 1 MB/s of log comes for ${seconds} s`;
  result.figures.push({ name, goal: `< ${GOAL} MB/min`, seen, ok });
  result.faults.push({ id: 'F36', how: `1 MB/s of log for ${seconds} s`, seen, ok });
  result.problems.push(...found.map(({ check, text }) => `${check}: ${text}`));
}

export const flood: Scenario = {
  name: 'flood',
  about: 'the memory of the core while much is printed for long',
  run,
};
