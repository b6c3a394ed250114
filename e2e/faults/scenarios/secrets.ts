import { setTimeout as sleep } from 'node:timers/promises';
import { KeyringSession } from '../../../src/core/secrets/testing/keyring-session.ts';
import { engineSinks, filesBelow, findCanaries, processes } from '../audit/secrets.ts';
import { Stage } from '../bench/stage.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import type { Lab, Scenario } from './scenario.ts';

const END_MS = 60_000;

/** Takes its secrets and prints all of them, again and again. */
const CODE = `import os, time
for _ in range(40):
    for name in sorted(os.environ):
        if name.startswith("CANARY"):
            print(name, os.environ[name], len(os.environ[name]), flush=True)
    time.sleep(0.1)
`;

/** Values of the kinds that secrets have: hex, words, ones with signs. */
const canaries = (seed: number): string[] =>
  Array.from({ length: 5 }, (_, i) => `canary-${seed.toString(36)}-${i}/+=${'wxyz'.repeat(i + 3)}`);

async function keep(stage: Stage, values: readonly string[]): Promise<string[]> {
  const words: string[] = [];
  for (const [i, input] of values.entries()) {
    const name = `CANARY_${i}`;
    const kept = await stage.place.runWith({ input: `${input}\n` }, 'secret', 'set', 'run', name);
    if (kept.status !== 0) throw new Error(`a secret was not kept: ${kept.stderr}`);
    words.push('--secret', `${name}=${name}`);
  }
  return words;
}

/** Looks everywhere while the run goes on, kills Slipway in between, and looks again when it has ended. */
async function look(stage: Stage, values: readonly string[]): Promise<string[]> {
  const words = await keep(stage, values);
  const folder = await stage.place.code('prints', { 'main.py': CODE });
  const job = ['launch', '--uri', folder, '--job-name', 'prints', '-E', 'python main.py'];
  const more = ['--engine', 'docker', '--async', '-q', 'faults', ...words];
  const runId = await stage.place.launch(...job, ...more);
  await stage.trace.until(runId, ({ state }) => state === 'running', END_MS);
  const hits: string[] = [];
  const everywhere = async (): Promise<void> => {
    const { dataDir, tempFolder } = stage.place;
    const sinks = [...filesBelow(dataDir), ...filesBelow(tempFolder)];
    hits.push(...findCanaries(values, [...sinks, ...(await engineSinks(stage.engine.host))]));
    hits.push(
      ...findCanaries(
        values,
        processes([process.pid]).filter(({ name }) => !inJob(name)),
      ),
    );
  };
  await everywhere();
  await sleep(500);
  stage.killSlipway();
  await stage.startCoreReady();
  await everywhere();
  await stage.trace.untilEnded(runId, END_MS);
  await everywhere();
  const found = await stage.audit([]);
  return [...hits, ...found.map(({ check, text }) => `${check}: ${text}`)];
}

/** The program itself has them in its environment: that is what they are for. */
const inJob = (name: string): boolean => name.endsWith('/environ');

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const keyring = await KeyringSession.start();
  const values = canaries(lab.seed + 1000);
  try {
    const env = { DBUS_SESSION_BUS_ADDRESS: keyring.address };
    const stage = await Stage.set({ env });
    try {
      await stage.startCoreReady();
      result.problems.push(...(await look(stage, values)));
    } finally {
      await stage.clear();
    }
  } finally {
    await keyring.stop();
  }
  const ok = result.problems.length === 0;
  const seen = ok ? '0 hits' : `${result.problems.length} hits or findings`;
  const sinks = 'files, logs, docker inspect and history, command lines';
  result.figures.push({
    ...{ name: `${values.length} canary secrets in ${sinks}`, goal: '0 hits', seen, ok },
  });
  result.faults.push({
    ...{
      id: 'F46',
      how: 'a keyring that is there: a job prints its secrets, Slipway is killed',
      seen,
      ok,
    },
  });
  return result;
}

export const secrets: Scenario = {
  name: 'secrets',
  about: 'secrets are looked for wherever they must not be',
  run,
};
