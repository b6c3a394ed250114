import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { makeJob, makeRun } from '../../testing/fake-data.ts';
import type { FakeLog } from '../../testing/fake-log.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { LogTab } from './log-tab.tsx';

it('shows what is printed after nothing was for a while, though nothing else of the run changes', async () => {
  const log: FakeLog = {
    lines: 0,
    ended: false,
    line: (number) => ({ text: `tick ${number}`, stream: 1, number, at: 0, continues: false }),
  };
  const run = makeRun(
    { id: 'quiet', state: 'running', name: 'quiet-1' },
    makeJob({ id: 'j', name: 'j' }),
  );
  startWorld({ ...emptyWorld(), runs: [run] }, (bridge) => bridge.logs.set('quiet', log));
  render(<LogTab run={run} line={null} />);
  expect(await screen.findByText('Running. Nothing has been printed yet.')).toBeVisible();
  await new Promise((resolve) => setTimeout(resolve, 200));
  log.lines = 2;
  expect(await screen.findByText('tick 1')).toBeVisible();
});
