import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { makeJob, makeRun } from '../../testing/fake-data.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import BinPage from './bin-page.tsx';

function open(prepare?: (fake: FakeBridge) => void) {
  const binnedAt = Date.now() - 60_000;
  const world = {
    ...emptyWorld(),
    jobs: [
      makeJob({ id: 'j1', name: 'old-job', runCount: 3, binnedAt }),
      makeJob({ id: 'j2', name: 'kept-job' }),
    ],
    runs: [
      makeRun({ id: 'r1', name: 'amber', binnedAt }),
      makeRun({ id: 'r2', name: 'brisk', binnedAt }),
      makeRun({ id: 'r3', name: 'coral' }),
    ],
  };
  const fake = startWorld(world, prepare);
  render(<BinPage />);
  return fake;
}

const asked = (fake: FakeBridge, name: string): unknown[] =>
  fake.calls.filter((call) => call.name === name).map(({ input }) => input);

describe('the bin', () => {
  it('has what was put into it, and nothing else', async () => {
    open();
    const runs = await screen.findByRole('region', { name: 'Runs' });
    expect(within(runs).getAllByRole('listitem')).toHaveLength(2);
    const jobs = screen.getByRole('region', { name: 'Jobs' });
    expect(within(jobs).getAllByRole('listitem')).toHaveLength(1);
    expect(screen.getByText('1 job and 2 runs')).toBeVisible();
  });

  it('gives back with one click', async () => {
    const fake = open();
    await userEvent.click(await screen.findByRole('button', { name: 'Restore amber' }));
    await waitFor(() => expect(screen.queryByText('amber')).toBeNull());
    await userEvent.click(screen.getByRole('button', { name: 'Restore old-job' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Jobs' })).toBeNull());
    expect(asked(fake, 'restoreRuns')).toEqual([{ runIds: ['r1'] }]);
    expect(asked(fake, 'restoreJobs')).toEqual([{ jobIds: ['j1'] }]);
  });

  it('deletes for good what was asked for twice, and keeps it otherwise', async () => {
    const fake = open();
    await userEvent.click(await screen.findByRole('button', { name: 'Delete old-job for good' }));
    const question = await screen.findByRole('group', { name: 'Delete for good?' });
    expect(question).toHaveTextContent(
      'Deletes old-job with all its versions and 3 runs. This cannot be undone.',
    );
    expect(within(question).getByRole('button', { name: 'Keep' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('group', { name: 'Delete for good?' })).toBeNull();
    expect(asked(fake, 'deleteJobs')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Delete amber for good' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }));
    await waitFor(() => expect(screen.queryByText('amber')).toBeNull());
    expect(asked(fake, 'deleteRuns')).toEqual([{ runIds: ['r1'] }]);
  });

  it('says why something was not deleted, and keeps it', async () => {
    const error = { code: 'E_RUN_ACTIVE', message: 'The run is under way.' } as const;
    open((fake) => fake.answer('deleteRuns', () => ({ ok: false, error })));
    await userEvent.click(await screen.findByRole('button', { name: 'Delete amber for good' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The run is under way.');
    expect(screen.getByText('amber')).toBeVisible();
  });

  it('is emptied as a whole, and says what it is then', async () => {
    open();
    await userEvent.click(await screen.findByRole('button', { name: 'Empty the bin…' }));
    expect(screen.getByText(/Deletes 1 job and 2 runs with all logs/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }));
    expect(await screen.findByRole('heading', { name: 'The bin is empty' })).toBeVisible();
  });
});
