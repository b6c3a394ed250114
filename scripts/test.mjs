/**
 * `npm test`: installs and starts what is missing, then runs every stage and tells what came of it.
 * `--only unit,e2e` runs just these. The last line printed is always the sum of all tests.
 */
import { parseArgs } from 'node:util';
import { main } from './lib/main.mjs';
import { say, seconds } from './lib/progress.mjs';
import { noCounts } from './lib/test/counts.mjs';
import { prepare } from './lib/test/prepare.mjs';
import { stages } from './lib/test/stages.mjs';
import { countsText, tableOf, totalOf } from './lib/test/summary.mjs';

await main(() => testAll().catch(reportBroken));

async function testAll() {
  const chosen = chosenStages();
  const interruption = watchForInterruption();
  const prepared = await prepare(chosen);
  const outcomes = [];
  for (const stage of chosen) {
    outcomes.push(
      interruption.signal
        ? notRun(stage, 'interrupted')
        : await runStage(stage, prepared, outcomes),
    );
  }
  await prepared.stop();
  return report(outcomes, prepared.missing, interruption.signal);
}

function chosenStages() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (!values.only) return stages;
  const wanted = values.only.split(',');
  const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    const known = stages.map((stage) => stage.name).join(', ');
    throw new Error(`no such stage: ${unknown.join(', ')} (there are: ${known})`);
  }
  return stages.filter((stage) => wanted.includes(stage.name));
}

/** The running stage gets the signal too and ends; the services are then stopped as always. */
function watchForInterruption() {
  const interruption = { signal: undefined };
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => (interruption.signal ??= name));
  return interruption;
}

async function runStage(stage, prepared, outcomes) {
  const failed = outcomes.find(
    ({ name, result }) => stage.after?.includes(name) && result !== 'passed',
  );
  if (failed) return notRun(stage, `${failed.name} ${failed.result}`);
  const lacking = stage.needs?.map((name) => prepared.lacking[name]).find(Boolean);
  if (lacking) return notRun(stage, lacking);

  console.log(`\n== ${stage.name}`);
  const started = performance.now();
  const { status, counts, reason } = await stage
    .run(prepared.env)
    .catch((error) => ({ status: 1, reason: error.message }));
  const ms = performance.now() - started;
  const result = status === 0 ? 'passed' : 'failed';
  console.log(`== ${stage.name} ${result} in ${seconds(ms)}`);
  return { name: stage.name, result, ms, counts, reason };
}

function notRun({ name }, reason) {
  return { name, result: 'not run', ms: 0, reason };
}

function report(outcomes, missing, signal) {
  const total = totalOf(outcomes);
  const isComplete = total.skipped.length === 0 && missing.length === 0;
  const mustBeComplete = process.env.CI === 'true';
  console.log(tableOf(outcomes, missing));
  if (mustBeComplete && !isComplete)
    console.log('  CI=true: what could not run counts as a failure');
  console.log(`\n${countsText(total)}`);
  if (signal) return 130;
  return total.failed > 0 || (mustBeComplete && !isComplete) ? 1 : 0;
}

/** Something outside the stages went wrong, as an installation that failed. */
function reportBroken(error) {
  say(error.message);
  console.log(`\n${countsText({ ...noCounts, failed: 1 })}`);
  return 1;
}
