import { ownEnd, type Finding } from '../audit/auditor.ts';
import { bytesStored } from '../audit/log-file.ts';
import { Stage } from '../bench/stage.ts';
import { bytesOf, type LinesSpec } from '../job/reference.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { times, type Lab, type Scenario } from './scenario.ts';
import { setTimeout as sleep } from 'node:timers/promises';

/** It counts as hung when for so long no byte is stored, nor read again to find out where to go on. */
const STUCK_MS = 60_000;

/** Breaks all connections each time that a further part of the log is stored. */
async function cutAlong(stage: Stage, runId: string, total: number, cuts: number): Promise<void> {
  for (let cut = 1, last = 0, since = performance.now(); ;) {
    await sleep(50);
    if (stage.trace.of(runId)?.ended === true) return;
    const stored = bytesStored(`${stage.place.dataDir}/logs`, runId);
    const moved = stored + stage.proxy.sent;
    if (moved > last) since = performance.now();
    else if (performance.now() - since > STUCK_MS) throw new Error(`stuck at byte ${stored}`);
    last = moved;
    if (cut > cuts || stored < (total * cut) / (cuts + 1)) continue;
    stage.proxy.cut();
    cut += 1;
  }
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const lines = times(lab, 10_000_000, 100_000);
  const cuts = times(lab, 20, 4);
  const rate = lab.quick ? 20_000 : 0;
  const spec: LinesSpec = { seed: lab.seed, lines, width: 19, rate, exitCode: 0 };
  const stage = await Stage.set();
  let found: Finding[];
  let reconnects = 0;
  try {
    await stage.startCoreReady();
    const runId = await stage.place.launchLines(spec);
    await cutAlong(stage, runId, bytesOf(spec, 1) + bytesOf(spec, 2), cuts);
    reconnects = stage.proxy.seen.filter(({ path }) => path.endsWith('/logs')).length;
    found = await stage.audit([{ runId, prints: spec, extent: 'whole', ends: [ownEnd(spec)] }]);
  } catch (error) {
    found = [{ check: 'log', text: (error as Error).message }];
  } finally {
    await stage.clear();
  }
  const ok = found.length === 0 && reconnects >= cuts;
  const seen = found.length === 0 ? `byte-exact over ${reconnects} reconnects` : found[0]!.text;
  const name = `${lines.toLocaleString('en')} log lines over ${cuts} reconnects`;
  result.figures.push({ name, goal: 'byte-exact', seen, ok });
  result.faults.push({
    ...{
      id: 'F33',
      how: `every connection to the engine broken ${cuts} times during a log`,
      seen,
      ok,
    },
  });
  result.problems.push(...found.map(({ check, text }) => `${check}: ${text}`));
  return result;
}

export const longLog: Scenario = {
  name: 'long-log',
  about: 'a long log is stored while the connection to the engine breaks again and again',
  run,
};
