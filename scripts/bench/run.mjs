/** Runs the chosen parts and prints the table. Started by `scripts/bench.mjs`. */
import { loadavg } from 'node:os';
import { capture } from '../lib/run.mjs';
import { main } from '../lib/main.mjs';
import { say, seconds } from '../lib/progress.mjs';
import { prepare } from '../lib/test/prepare.mjs';
import { chosenParts } from './parts.mjs';
import { tableOf, writeJson } from './results.mjs';
import { openWorkplace } from './workplace.mjs';

/**
 * @typedef {object} Bench what a part measures with
 * @property {import('./workplace.mjs').Workplace} workplace
 * @property {(result: import('./results.mjs').Result) => void} add
 * @property {boolean} quick few rounds
 * @property {AbortSignal} signal fires when a person interrupts
 */

await main(async () => {
  const { chosen, json, quick } = chosenParts(process.argv.slice(2));
  const interruption = watchForInterruption();
  const prepared = await prepare(chosen);
  Object.assign(process.env, prepared.env);
  const machine = await describeMachine();
  const outcome = { results: [], problems: [] };
  for (const part of chosen) {
    if (interruption.signal.aborted) break;
    await runPart(part, prepared, { quick, signal: interruption.signal }, outcome);
  }
  await prepared.stop();
  report(machine, outcome);
  if (json) writeJson(json, machine, outcome.results);
  if (interruption.signal.aborted) return 130;
  return outcome.problems.length > 0 ? 1 : 0;
});

/** A part ends at its next step and clean up is done as always. */
function watchForInterruption() {
  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => interruption.abort());
  return interruption;
}

async function runPart(part, prepared, options, { results, problems }) {
  const lacking = problemWith(part, prepared);
  if (lacking) return void problems.push(`${part.name}: not measured, ${lacking}`);
  say(`measuring: ${part.name} ...`);
  const started = performance.now();
  const workplace = openWorkplace();
  try {
    const { measure } = await import(part.module);
    const add = (result) => {
      results.push({ part: part.name, ...result });
      console.log(tableOf(results.slice(-1)).split('\n')[1]);
    };
    await measure({ ...options, workplace, add });
  } catch (error) {
    if (!options.signal.aborted) problems.push(`${part.name}: ${error.stack}`);
  } finally {
    await workplace.clear();
  }
  say(`measuring: ${part.name}: done in ${seconds(performance.now() - started)}`);
}

function problemWith({ uses }, { env, missing, lacking }) {
  const noEngine = !env.SLIPWAY_TEST_BASE_IMAGE && (missing[0] ?? 'there is no engine');
  return uses.map((name) => (name === 'services' ? noEngine : lacking[name])).find(Boolean);
}

async function describeMachine() {
  const docker = await capture('docker', ['version', '--format', '{{.Server.Version}}']);
  return {
    at: new Date().toISOString(),
    cpus: navigator.hardwareConcurrency,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    docker: docker.stdout.trim() || null,
    load: loadavg()[0],
  };
}

function report(machine, { results, problems }) {
  const { cpus, platform, node, docker, load } = machine;
  const engine = docker ? `, Docker ${docker}` : '';
  console.log(
    `\n${cpus} CPUs, ${platform}, Node ${node}${engine}; load ${load.toFixed(1)} at first`,
  );
  if (results.length > 0) console.log(tableOf(results));
  for (const problem of problems) console.log(`  ${problem}`);
}
