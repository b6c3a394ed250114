import { Stage } from '../bench/stage.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { engineFaults } from './faults/engine-faults.ts';
import { NotHere, type SingleFault } from './faults/fault.ts';
import { placeFaults } from './faults/place-faults.ts';
import { systemFaults } from './faults/system-faults.ts';
import { machineFaults } from './faults/machine-faults.ts';
import { outsideFaults } from './faults/outside-faults.ts';
import type { Lab, Scenario } from './scenario.ts';

/** Faults that are done once each, in an order in which none leaves the next something broken. */
export const SINGLE: readonly SingleFault[] = [
  ...outsideFaults,
  ...placeFaults,
  ...machineFaults,
  ...engineFaults,
  ...systemFaults,
];

/** Does one; a fault that was not got over leaves a stage that is given up. */
async function inject(fault: SingleFault, stage: Stage, result: ScenarioResult): Promise<boolean> {
  const { id, how } = fault;
  try {
    const seen = await fault.inject(stage);
    result.faults.push({ id, how, seen, ok: true });
    return true;
  } catch (error) {
    const seen = (error as Error).message;
    if (error instanceof NotHere) {
      result.faults.push({ id, how: 'not injected here', seen, ok: true });
      return true;
    }
    result.faults.push({ id, how, seen, ok: false });
    result.problems.push(`${id}: ${seen}`);
    return false;
  } finally {
    stage.proxy.rules = [];
  }
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  let stage: Stage | null = null;
  try {
    for (const fault of SINGLE.filter(({ id }) => lab.faults?.includes(id) ?? true)) {
      if (lab.signal.aborted) break;
      stage ??= await newStage();
      const ok = await inject(fault, stage, result);
      lab.say(`${fault.id}: ${ok ? 'ok' : 'FAILED'}`);
      if (ok && stage.crashes.length === 0) continue;
      result.problems.push(...stage.crashes.map((text) => `${fault.id}: ${text}`));
      await stage.clear();
      stage = null;
    }
  } finally {
    await stage?.clear();
  }
  return result;
}

async function newStage(): Promise<Stage> {
  // A default that no log could be read with: ours must not depend on it.
  const stage = await Stage.set({ flags: ['--log-driver', 'none'] });
  await stage.startCoreReady();
  return stage;
}

export const singleFaults: Scenario = {
  name: 'single-faults',
  about: 'each further fault of the catalogue, once',
  run,
};
