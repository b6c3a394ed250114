import { describe, expect, it } from 'vitest';
import type { RunUsage } from '../../shared/domain/run.ts';
import { NeedsRepo } from '../db/needs-repo.ts';
import { learnedNeeds, NeedsOfRuns } from './needs-of-runs.ts';
import { testQueues } from './testing/test-queues.ts';

const MIB = 1024 ** 2;

function place() {
  const world = testQueues();
  const { db, repos, time, newRun } = world;
  const clock = { now: () => time.now, monotonic: () => time.now };
  const needs = new NeedsOfRuns(new NeedsRepo(db), clock);
  /** A run that has ended and took that much. */
  const ended = (memoryMib: number, cpus: number, seconds = 10, more = {}) => {
    const run = repos.runs.create(newRun(more), time.now);
    repos.runs.enter(run.id, 'preparing', '', time.now);
    repos.runs.enter(run.id, 'starting', '', time.now);
    repos.runs.enter(run.id, 'running', '', time.now);
    const usage: RunUsage = { peakMemoryBytes: memoryMib * MIB, cpuSeconds: cpus * seconds };
    repos.results.setUsage(run.id, usage);
    time.now += seconds * 1000;
    world.end(run.id);
    return run;
  };
  return { ...world, needs, ended };
}

describe('what a run needs', () => {
  it('is unknown of the first one', () => {
    const { needs, add, repos } = place();
    expect(needs.of(repos.runs.get(add())!)).toEqual({ memory: null, cpus: null });
  });

  it('is what earlier ones took, and something more', () => {
    const { needs, ended, add, repos } = place();
    ended(100, 1);
    ended(200, 2);
    expect(needs.of(repos.runs.get(add())!)).toEqual({
      memory: { amount: Math.ceil(200 * MIB * 1.1), isLearned: true },
      cpus: { amount: 1.5, isLearned: true },
    });
  });

  it('is remembered for a while, then learned anew', () => {
    const { needs, ended, add, repos, time } = place();
    const run = repos.runs.get(add())!;
    expect(needs.of(run).memory).toBeNull();
    ended(100, 1, 1);
    expect(needs.of(run).memory).toBeNull();
    time.now += 60_000;
    expect(needs.of(run).memory?.amount).toBe(Math.ceil(100 * MIB * 1.1));
  });

  it('says nothing about processors when they were short', () => {
    const taken = { peakMemoryBytes: MIB, cpuSeconds: 0.4, seconds: 0.2 };
    expect(learnedNeeds([taken])).toMatchObject({ memory: { isLearned: true }, cpus: null });
  });

  it('of those that are going is new for half a minute', () => {
    const { needs, add, start, time, db } = place();
    const id = add();
    start(id);
    expect(needs.going()).toEqual([{ needs: { memory: null, cpus: null }, isNew: true }]);
    db.write(() => db.run('UPDATE run SET started_at = ? WHERE id = ?', time.now, id));
    time.now += 29_000;
    expect(needs.going()[0]?.isNew).toBe(true);
    time.now += 2000;
    expect(needs.going()[0]?.isNew).toBe(false);
  });
});
