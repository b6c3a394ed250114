import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineFact } from '../engines/engine.ts';
import { reconcile, type ActiveRun } from './reconcile.ts';

const run = (
  id: string,
  owner: ActiveRun['owner'],
  startRequestedAt: number | null,
): ActiveRun => ({
  run: { id, state: 'running' },
  attempt: { id: `${id}-1`, startRequestedAt },
  owner,
});

const fact = (id: string, phase: EngineFact['phase']): EngineFact => ({
  attemptId: `${id}-1`,
  ref: `ref-${id}`,
  phase,
  exitCode: null,
  signal: null,
  outOfMemory: false,
  memoryLimit: null,
  error: null,
  engineDied: false,
  startedAt: null,
  endedAt: null,
});

describe('reconcile', () => {
  it('takes over what started and ends what never did', () => {
    const actions = reconcile(
      [
        run('live', 'dead', 5),
        run('over', 'dead', 5),
        run('made', 'dead', null),
        run('made-asked', 'dead', 5),
        run('nothing', 'dead', null),
        run('gone', 'dead', 5),
      ],
      [
        fact('live', 'running'),
        fact('over', 'ended'),
        fact('made', 'created'),
        fact('made-asked', 'created'),
      ],
    );
    expect(actions).toEqual([
      { do: 'attend', runId: 'live', ended: false },
      { do: 'attend', runId: 'over', ended: true },
      { do: 'interrupt', runId: 'made' },
      { do: 'interrupt', runId: 'made-asked' },
      { do: 'interrupt', runId: 'nothing' },
      { do: 'attend', runId: 'gone', ended: true },
      { do: 'remove', ref: 'ref-made' },
      { do: 'remove', ref: 'ref-made-asked' },
    ]);
  });

  it('leaves alone what another living process attends', () => {
    expect(reconcile([run('a', 'taken', 5)], [fact('a', 'running')])).toEqual([]);
  });

  it('removes what nobody knows', () => {
    expect(reconcile([], [fact('old', 'ended')])).toEqual([{ do: 'remove', ref: 'ref-old' }]);
  });

  it('never removes what it also takes over, and never touches what is taken', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd');
    const runs = fc.uniqueArray(
      fc.record({
        id: ids,
        owner: fc.constantFrom<ActiveRun['owner']>('taken', 'dead'),
        asked: fc.option(fc.nat()),
      }),
      { selector: ({ id }) => id },
    );
    const facts = fc.uniqueArray(
      fc.record({
        id: ids,
        phase: fc.constantFrom<EngineFact['phase']>('created', 'running', 'ended'),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(runs, facts, (someRuns, someFacts) => {
        const rows = someRuns.map(({ id, owner, asked }) => run(id, owner, asked));
        const actions = reconcile(
          rows,
          someFacts.map(({ id, phase }) => fact(id, phase)),
        );
        const removed = new Set(actions.flatMap((a) => (a.do === 'remove' ? [a.ref] : [])));
        for (const row of rows) {
          const mine = actions.filter((a) => a.do !== 'remove' && a.runId === row.run.id);
          expect(mine).toHaveLength(row.owner === 'taken' ? 0 : 1);
          if (mine[0]?.do !== 'interrupt') expect(removed.has(`ref-${row.run.id}`)).toBe(false);
        }
      }),
    );
  });
});
