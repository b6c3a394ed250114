import type { PlannerParts } from '../launch/planner.ts';

/**
 * A planner's parts that ask once for what does not change from cell to cell: the inputs of the version,
 * its files, what the engine can do, the settings of Slipway. For one sweep: what was remembered is not looked at again.
 */
export function remembering(parts: PlannerParts): PlannerParts {
  const { inputs, snapshots } = parts;
  const schema = once(inputs.schema.bind(inputs), (version) => version.id);
  const readFile = once(snapshots.readFile.bind(snapshots), (...asked) => JSON.stringify(asked));
  const checkRun = once(parts.checkRun, (engine, run) => JSON.stringify([engine, run]));
  const secretNames = once(parts.secretNames, () => '');
  const settings = once(parts.settings, () => '');
  return { ...parts, inputs: { schema }, snapshots: { readFile }, checkRun, secretNames, settings };
}

function once<A extends unknown[], R>(ask: (...asked: A) => R, keyOf: (...asked: A) => string) {
  const answers = new Map<string, R>();
  return (...asked: A): R => {
    const key = keyOf(...asked);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(...asked);
    answers.set(key, answer);
    return answer;
  };
}
