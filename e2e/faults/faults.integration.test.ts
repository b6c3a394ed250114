import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from './audit/auditor.ts';
import { dockerSays } from './audit/engine-witness.ts';
import { Stage } from './bench/stage.ts';
import { Random } from './random.ts';
import { cancelOnce } from './scenarios/cancels.ts';
import { askAll } from './scenarios/engine-answers.ts';
import { engineRestart } from './scenarios/engine-restarts.ts';
import { killCycle } from './scenarios/kill-core.ts';
import type { Lab } from './scenarios/scenario.ts';
import { killWriters } from './scenarios/writer-kills.ts';

/** The short form of `npm run faults`: one stage, a few of each, looked at by the same auditor. */
const lab: Lab = {
  seed: 1,
  quick: true,
  faults: null,
  say: () => undefined,
  signal: new AbortController().signal,
};
const LIMIT = 300_000;
/** The cycle that kills when the engine has answered the start. */
const STARTED = 10;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
  stage.startCore();
}, LIMIT);
afterAll(async () => {
  expect(stage.crashes).toEqual([]);
  expect(await stage.clear()).toEqual([]);
}, LIMIT);

describe('nothing is lost and nothing happens twice', () => {
  it(
    'when all of Slipway is killed as the engine has started the container',
    async () => {
      expect(await killCycle(stage, new Random(10), STARTED)).toEqual([]);
    },
    LIMIT,
  );

  it(
    'when a run is stopped at a random moment',
    async () => {
      expect(await cancelOnce(stage, new Random(1))).toEqual([]);
    },
    LIMIT,
  );

  it(
    'when the engine is killed and comes back',
    async () => {
      expect(await engineRestart(stage, 'kill', new Random(3))).toEqual([]);
    },
    LIMIT,
  );

  it(
    'when the writer of the database is killed',
    async () => {
      const { problems, commits } = await killWriters(lab, 2);
      expect(problems).toEqual([]);
      expect(commits).toBeGreaterThan(2);
    },
    LIMIT,
  );

  it(
    'and the auditor sees a container that nobody knows',
    async () => {
      const image = process.env['SLIPWAY_TEST_BASE_IMAGE']!;
      const id = await dockerSays(stage.engine.host, 'create', image, 'true');
      const found = await audit(stage.scene([]));
      await dockerSays(stage.engine.host, 'rm', id);
      expect(found.map(({ check }) => check)).toEqual(['owner', 'orphan']);
    },
    LIMIT,
  );

  it(
    'when answers of the engine are spoiled',
    async () => {
      const { calls, crashes } = await askAll(stage.engine.host, lab, 15);
      expect(crashes).toEqual([]);
      expect(calls).toHaveLength(15);
      expect(calls.filter(({ end }) => end?.startsWith('raw'))).toEqual([]);
      expect(calls.filter(({ end }) => end !== 'fine')).not.toEqual([]);
    },
    LIMIT,
  );
});
