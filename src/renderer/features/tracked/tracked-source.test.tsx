import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { useUi } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { busyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import NewJobPage from '../new-job/new-job-page.tsx';

const FOLDER = '/home/ada/code/hello';
const WATCHED = '/home/ada/experiments/wandb';

async function open(prepare?: (fake: FakeBridge) => void) {
  const fake = startWorld(busyWorld(), prepare);
  render(<NewJobPage route={{ page: 'new-job', source: 'tracked' }} />);
  await screen.findByRole('switch', { name: `Watch ${WATCHED}` });
  const sent = (name: string) =>
    fake.calls.filter((call) => call.name === name).map((call) => call.input);
  return { fake, sent };
}

const choose = (): Promise<void> =>
  userEvent.click(screen.getByRole('button', { name: 'Choose a folder…' }));

describe('tracked runs', () => {
  it('imports a folder and reports each run, with why one was skipped', async () => {
    const { sent } = await open();
    await choose();
    const report = await screen.findByRole('region', { name: 'Import report' });
    expect(sent('importRuns')).toEqual([
      { operationId: expect.any(String), folder: FOLDER, project: 'default' },
    ]);
    expect(within(report).getByRole('heading')).toHaveTextContent('2 imported, 1 known, 1 skipped');
    expect(within(report).getByText(/the last 312 bytes were left out/)).toBeVisible();
    expect(within(report).getByText(/^Nothing says where its code came from/)).toBeVisible();
    await userEvent.click(within(report).getByRole('button', { name: /k3v9x1aa/ }));
    expect(useUi.getState().history.at).toEqual({
      page: 'run',
      runId: 'run-imported',
      tab: 'values',
    });
  });

  it('watches the folder, and switches a watched one off and away', async () => {
    const { sent } = await open();
    await choose();
    await userEvent.click(await screen.findByRole('switch', { name: 'Watch this folder' }));
    await waitFor(() =>
      expect(screen.getByRole('switch', { name: 'Watch this folder' })).toBeChecked(),
    );
    await userEvent.click(screen.getByRole('switch', { name: `Watch ${WATCHED}` }));
    expect(sent('watchFolder')).toEqual([
      { folder: FOLDER, project: 'default', enabled: true },
      { folder: WATCHED, project: 'default', enabled: false },
    ]);
    await userEvent.click(screen.getByRole('button', { name: `Forget ${WATCHED}` }));
    await waitFor(() =>
      expect(screen.queryByRole('switch', { name: `Watch ${WATCHED}` })).toBeNull(),
    );
  });

  it('says what a run folder is when there is none', async () => {
    await open((fake) => fake.answer('importRuns', () => []));
    await choose();
    expect(await screen.findByRole('heading', { name: 'No runs here' })).toBeVisible();
  });

  it('keeps an error in its place, and tries again', async () => {
    const error = { code: 'E_SOURCE_UNREADABLE', message: 'It cannot be read.' } as const;
    const { fake } = await open((bridge) =>
      bridge.answer('importRuns', () => ({ ok: false, error })),
    );
    await choose();
    expect(await screen.findByRole('alert')).toHaveTextContent('It cannot be read.');
    fake.answer('importRuns', () => []);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'No runs here' })).toBeVisible();
  });
});
