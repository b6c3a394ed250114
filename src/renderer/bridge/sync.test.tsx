import { describe, expect, it } from 'vitest';
import { selectRuns, useRunSelection } from '../stores/run-selection.ts';
import { makeRun } from '../testing/fake-data.ts';
import { emptyWorld } from '../testing/fake-world.ts';
import { startWorld } from '../testing/setup.ts';

const runs = ['ash', 'birch'].map((name) => makeRun({ id: name, name }));
const [ash, birch] = runs as [(typeof runs)[0], (typeof runs)[0]];
const selected = (): string[] =>
  [...useRunSelection.getState().runs.values()].map(({ name }) => name);

/** Two runs are selected, and no list of runs is on the screen. */
function open() {
  const fake = startWorld({ ...emptyWorld(), runs });
  selectRuns(runs, 'birch');
  return fake;
}

describe('selected runs while another page is on the screen', () => {
  it('have the names that they are given', () => {
    open().pushChanges({ runs: [{ ...birch, name: 'beech' }] });
    expect(selected()).toEqual(['ash', 'beech']);
    expect(useRunSelection.getState().lead).toBe('birch');
  });

  it('are selected no more once they are deleted', () => {
    open().pushChanges({ removed: { runs: ['birch'], jobs: [], sweeps: [], queues: [] } });
    expect(selected()).toEqual(['ash']);
    expect(useRunSelection.getState().lead).toBeNull();
  });

  it('are selected no more once they are in the bin', () => {
    open().pushChanges({ runs: [{ ...ash, binnedAt: 1 }] });
    expect(selected()).toEqual(['birch']);
    expect(useRunSelection.getState().lead).toBe('birch');
  });
});
