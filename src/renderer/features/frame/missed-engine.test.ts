import { expect, it } from 'vitest';
import type { Run } from '../../../shared/domain/run.ts';
import { makeQueue, makeRun, noDocker } from '../../testing/fake-data.ts';
import { missedEngine } from './missed-engine.ts';

const NOW = 1_700_000_000_000;
const queues = {
  open: makeQueue({ id: 'open', name: 'open' }),
  paused: makeQueue({ id: 'paused', name: 'paused', pausedAt: NOW - 1 }),
};

const docker = (more: Partial<Run>): Run =>
  makeRun({ id: 'r1', name: 'one', state: 'queued', engine: 'docker', ...more });
const placed = (name: string) => ({ queue: { id: name, name } });

it.each<[string, Run, number]>([
  ['that runs', docker({ state: 'running' }), 1],
  ['that waits', docker(placed('open')), 1],
  ['whose time has come', docker({ notBefore: NOW }), 1],
  ['that waits for its time', docker({ notBefore: NOW + 1 }), 0],
  ['of a paused queue', docker(placed('paused')), 0],
  ['that has ended', docker({ state: 'finished' }), 0],
])('a run %s', (_what, run, waiting) => {
  const engine = { ...noDocker, kind: 'docker' as const };
  expect(missedEngine({ engine, runs: { r: run }, queues }, NOW)?.runs).toBe(waiting);
});

it('no engine that nothing needs', () => {
  const runs = { r: docker({ state: 'finished' }) };
  expect(missedEngine({ engine: noDocker, runs, queues }, NOW)).toBeNull();
});
