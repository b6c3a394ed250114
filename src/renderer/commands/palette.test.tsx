import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { err } from '../../shared/result.ts';
import { useEntities } from '../stores/entities.ts';
import { openOverlay, useUi } from '../stores/ui.ts';
import type { FakeBridge } from '../testing/fake-bridge.ts';
import { makeRun } from '../testing/fake-data.ts';
import { busyWorld } from '../testing/fake-world.ts';
import { startWorld } from '../testing/setup.ts';
import Palette from './palette.tsx';
import { addRecent } from './recent.ts';

function Window() {
  const open = useUi((ui) => ui.overlay === 'palette');
  return open && <Palette />;
}

async function start(prepare?: (fake: FakeBridge) => void): Promise<FakeBridge> {
  const fake = startWorld(busyWorld(), prepare);
  render(<Window />);
  await waitFor(() => expect(useEntities.getState().status).toBe('ready'));
  return fake;
}

async function type(words: string): Promise<void> {
  openOverlay('palette');
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Find a command' }), words);
}

const at = () => useUi.getState().history.at;
const group = (name: string) => screen.getByRole('group', { name });

describe('the palette', () => {
  it('shows everything there is to do in its groups, with shortcuts, before anything is typed', async () => {
    await start();
    openOverlay('palette');
    const items = within(await screen.findByRole('group', { name: 'Go to' }));
    expect(items.getByRole('menuitem', { name: /^Go to Runs/ })).toHaveTextContent('Ctrl+2');
    expect(screen.queryByRole('menuitem', { name: /^Stop run/ })).toBeNull();
  });

  it.each<[string, object]>([
    ['settings notif', { page: 'settings', section: 'notifications' }],
    ['nightly', { page: 'job', jobId: 'j5', tab: 'runs' }],
    ['amber-comet-204', { page: 'run', runId: 'run-live', tab: 'log' }],
    ['gtr', { page: 'runs' }],
  ])('%s and Enter', async (words, place) => {
    await start();
    await type(`${words}{Enter}`);
    await waitFor(() => expect(at()).toEqual(place));
    expect(useUi.getState().overlay).toBeNull();
  });

  it('finds runs that the window does not hold', async () => {
    const old = makeRun({ id: 'old', name: 'zebra-crossing', state: 'failed' });
    await start((fake) =>
      fake.answer('queryRuns', ({ filter }) => ({
        all: 1,
        total: 1,
        runs: filter.text === 'zebra' ? [old] : [],
        groups: null,
      })),
    );
    await type('zebra');
    await userEvent.click(await screen.findByRole('menuitem', { name: /^zebra-crossing/ }));
    expect(at()).toEqual({ page: 'run', runId: 'old', tab: 'log' });
  });

  it('says so when nothing has that name, also when runs cannot be asked for', async () => {
    const error = { code: 'E_DB_BUSY', message: 'Busy.' } as const;
    await start((fake) =>
      fake.answer('queryRuns', ({ filter }) =>
        filter.text ? err(error) : { all: 0, total: 0, runs: [], groups: null },
      ),
    );
    await type('qqqq');
    expect(await screen.findByText('Nothing has that name.')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(at()).toEqual({ page: 'jobs' });
  });

  it('puts what was used last before everything else', async () => {
    await start();
    for (const id of ['goStart', 'no-longer-there', 'job-j5']) addRecent(id);
    openOverlay('palette');
    await screen.findByRole('group', { name: 'Recent' });
    const titles = within(group('Recent')).getAllByRole('menuitem');
    expect(titles.map((item) => item.textContent)).toEqual([
      'nightly-etlJob in default',
      'Go to Welcome',
    ]);
  });
});
