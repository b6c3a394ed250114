import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownEnd, type Finding } from '../audit/auditor.ts';
import { TestedProcess } from '../bench/child.ts';
import { Stage } from '../bench/stage.ts';
import { Random } from '../random.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { chooseSpec, seenOf } from './kill-core.ts';
import { times, type Lab, type Scenario } from './scenario.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const END_MS = 120_000;

/** The whole app on the data folder of a stage, on the screen of the tests. */
function startApp({ place }: Stage): TestedProcess {
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const words = [...noSandbox, ROOT, `--data-dir=${place.dataDir}`];
  return new TestedProcess(process.env['SLIPWAY_TEST_ELECTRON']!, words, place.env);
}

/** Launch, kill the app at a random moment (at times while it still starts), open it again, look. */
async function cycle(stage: Stage, app: TestedProcess, random: Random) {
  const prints = { ...chooseSpec(random), lines: random.between(500, 8000), rate: 2000 };
  const runId = await stage.place.launchLines(prints);
  await sleep(random.between(0, 3000));
  stage.killSlipway();
  await app.kill();
  const again = startApp(stage);
  await stage.trace.untilEnded(runId, END_MS);
  const ends = [ownEnd(prints), 'crashed interrupted'];
  return { again, found: await stage.audit([{ runId, prints, extent: 'whole', ends }]) };
}

async function cycles(stage: Stage, count: number, lab: Lab): Promise<Finding[]> {
  const found: Finding[] = [];
  let app = startApp(stage);
  for (let i = 0; i < count && !lab.signal.aborted; i += 1) {
    try {
      const done = await cycle(stage, app, new Random(lab.seed + i));
      app = done.again;
      found.push(...done.found.map(({ check, text }) => ({ check, text: `cycle ${i}: ${text}` })));
      lab.say(
        `cycle ${i + 1}: ${done.found.length === 0 ? 'ok' : `${done.found.length} findings`}`,
      );
    } catch (error) {
      found.push({ check: 'state', text: `cycle ${i}: ${(error as Error).message}` });
      app = startApp(stage);
    }
    if (app.crash) found.push({ check: 'state', text: `the app: ${app.crash}` });
  }
  await app.kill('SIGTERM');
  return found;
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const count = times(lab, 25, 2);
  const stage = await Stage.set();
  let found: Finding[] = [];
  try {
    found = await cycles(stage, count, lab);
  } finally {
    await stage.clear();
  }
  const ok = found.length === 0;
  const seen = seenOf(found);
  const goal = '0 lost or doubled log lines, 0 double starts, 0 orphans';
  result.figures.push({ name: `kill -9 of the whole app, ${count} cycles`, goal, seen, ok });
  result.faults.push({ id: 'F14', how: 'the app is opened again right after kill -9', seen, ok });
  result.problems.push(...found.map(({ check, text }) => `${check}: ${text}`));
  return result;
}

export const killApp: Scenario = {
  name: 'kill-app',
  about: 'kill -9 of the whole app while a job runs',
  needs: 'display',
  run,
};
