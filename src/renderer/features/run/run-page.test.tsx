import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../shared/domain/run.ts';
import type { RunTab } from '../../stores/route.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { makeRun } from '../../testing/fake-data.ts';
import { trackedConfig, trackedSummary } from '../../testing/fake-tracked.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import RunPage from './run-page.tsx';

const imported: Partial<Run> = {
  engine: null,
  environment: null,
  tracked: { folder: '/home/ada/wandb/run-1', runId: 'k3v9' },
  config: trackedConfig,
  summary: trackedSummary,
};

async function open(tab: RunTab, change: Partial<Run> = {}, prepare?: (fake: FakeBridge) => void) {
  const run = makeRun({ id: 'r1', name: 'amber-comet-1', ...change });
  const fake = startWorld({ ...emptyWorld(), runs: [run] }, prepare);
  render(<RunPage route={{ page: 'run', runId: 'r1', tab }} />);
  await screen.findByRole('heading', { name: 'amber-comet-1' });
  return fake;
}

it('says that a run is not there any more when it is deleted while its page is open', async () => {
  const fake = await open('overview');
  fake.world.runs.splice(0);
  act(() => fake.pushChanges({ removed: { runs: ['r1'], jobs: [], sweeps: [], queues: [] } }));
  expect(await screen.findByRole('alert')).toHaveTextContent('There is no such run.');
  expect(screen.queryByText('amber-comet-1')).toBeNull();
  expect(screen.queryByRole('status', { name: 'Reading the run' })).toBeNull();
});

describe('an imported run', () => {
  it('says where it came from instead of what executed it', async () => {
    await open('overview', imported);
    expect(screen.getByText('/home/ada/wandb/run-1')).toBeVisible();
    expect(screen.getByText(/another tool tracked it as k3v9/)).toBeVisible();
    expect(
      within(screen.getByRole('region', { name: 'State' })).getByText('Imported'),
    ).toBeVisible();
  });

  it('shows its config as a tree that folds, and the tracker’s own keys apart', async () => {
    await open('values', { ...imported, config: { ...trackedConfig, _wandb: { v: 1 } } });
    const tree = screen.getByRole('group', { name: 'Config' });
    expect(within(tree).getByText('adamw')).toBeVisible();
    expect(within(tree).getByText('[0.9, 0.999]')).toBeVisible();
    await userEvent.click(within(tree).getByRole('button', { name: /^optimizer/ }));
    expect(within(tree).queryByText('adamw')).toBeNull();
    expect(within(tree).queryByText('_wandb')).toBeNull();
    const config = within(screen.getByRole('region', { name: 'Config' }));
    await userEvent.click(config.getByRole('button', { name: /Added by the tracker/ }));
    expect(screen.getByText('_wandb')).toBeVisible();
  });

  it('draws the first of very many values, and more when asked', async () => {
    const config = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`key-${i}`, i]));
    await open('values', { ...imported, config });
    const rows = () => screen.getAllByText(/^key-/).length;
    expect(rows()).toBeLessThan(300);
    await userEvent.click(screen.getByText('Show more of 5,000'));
    expect(rows()).toBeGreaterThan(1000);
  });
});

describe('a run that was measured', () => {
  it('tells what it used of the machine', async () => {
    await open('overview', { usage: { peakMemoryBytes: 1.2 * 2 ** 30, cpuSeconds: 35.2 } });
    expect(screen.getByText(/^1\.2 GiB of memory at most, 35 s of processor time$/)).toBeVisible();
  });
});

describe('what is not there', () => {
  it.each<[RunTab, Partial<Run>, RegExp]>([
    ['values', {}, /did not say what it was configured with/],
    ['values', {}, /did not say its last results/],
    ['values', { state: 'running', endedAt: null }, /has not said its last results so far/],
    ['values', { ...imported, config: null }, /run folder .* does not say what/],
    ['metrics', {}, /logged none that Slipway could read/],
    ['metrics', { engine: null, tracked: null }, /holds no history/],
    ['metrics', { state: 'running', endedAt: null }, /as soon as the code logs some/],
    ['build', imported, /another tool executed it/],
    ['environment', imported, /Another tool executed this run/],
  ])('of %s is explained (%#)', async (tab, change, words) => {
    await open(tab, change);
    expect(await screen.findByText(words)).toBeVisible();
  });
});
