import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { useUi } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { addSweeps } from '../../testing/fake-sweep-data.ts';
import { busyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import SweepPage from './sweep-page.tsx';
import { SweepsTab } from './sweeps-tab.tsx';

async function open(sweepId: string, prepare?: (fake: FakeBridge) => void): Promise<FakeBridge> {
  const world = busyWorld(3);
  addSweeps(world);
  const fake = startWorld(world, prepare);
  render(<SweepPage route={{ page: 'sweep', sweepId }} />);
  return fake;
}

const states = () => screen.getByRole('list', { name: 'Cells by state' });
const rows = () =>
  within(screen.getByRole('grid', { name: 'Cells' }))
    .getAllByRole('row')
    .slice(1);
const titles = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent);

describe('a sweep', () => {
  it('says how its cells stand, and which of them did best', async () => {
    await open('sweep-1');
    expect(await screen.findByRole('heading', { name: 'rate-and-width' })).toBeVisible();
    expect(states()).toHaveTextContent('18finished1failed1crashed2running6queued');
    expect(screen.getByText('Grid over 2 inputs')).toBeVisible();
    await screen.findByRole('figure', { name: 'loss over lr' });
    expect(titles().slice(0, 5)).toEqual(['Cell', 'lr', 'model.width', 'State', 'loss']);
    const best = screen.getByRole('img', { name: 'Best' }).closest('[role="row"]');
    expect(best).toHaveTextContent(/^16|^15/);
  });

  it('marks the highest value instead when that is best', async () => {
    await open('sweep-1');
    await userEvent.click(await screen.findByRole('radio', { name: 'Highest' }));
    const best = screen.getByRole('img', { name: 'Best' }).closest('[role="row"]');
    expect(best).toHaveTextContent(/^11e-4128/);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Metric' }), 'val/accuracy');
    expect(screen.getByRole('radio', { name: 'Highest' })).toBeChecked();
    expect(screen.getByRole('figure', { name: 'val/accuracy over lr' })).toBeVisible();
  });

  it('sorts by a metric and opens the run of a cell', async () => {
    await open('sweep-1');
    await screen.findByRole('figure');
    await userEvent.click(screen.getByRole('button', { name: 'loss' }));
    expect(rows()[0]).toHaveTextContent('0.003384');
    await userEvent.click(rows()[0]!);
    expect(useUi.getState().history.at).toEqual({ page: 'run', runId: 'sweep-1-14', tab: 'log' });
  });

  it('remembers the columns that were chosen, for all sweeps of the job', async () => {
    await open('sweep-1');
    await userEvent.click(await screen.findByRole('button', { name: 'Columns' }));
    await userEvent.click(screen.getByRole('menuitemcheckbox', { name: 'val/loss' }));
    await userEvent.click(screen.getByRole('menuitemcheckbox', { name: 'epoch' }));
    await userEvent.keyboard('{Escape}');
    expect(titles()).toContain('epoch');
    expect(titles()).not.toContain('val/loss');
    expect(JSON.parse(localStorage.getItem('slipway.columns')!)).toEqual({
      'sweep j1': ['loss', 'val/accuracy', 'epoch'],
    });
  });

  it('runs again what failed, and shows the new runs as they are pushed', async () => {
    const fake = await open('sweep-1');
    await userEvent.click(await screen.findByRole('button', { name: 'Run failed again (2)' }));
    await waitFor(() => expect(states()).toHaveTextContent('18finished2running8queued'));
    expect(screen.queryByRole('button', { name: /Run failed again/ })).toBeNull();
    expect(rows()[15]).toHaveTextContent('Queued');
    expect(fake.calls).toContainEqual({
      name: 'rerunSweepFailed',
      input: { sweepId: 'sweep-1' },
    });
  });

  it('is stopped once', async () => {
    await open('sweep-1');
    await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
    expect(await screen.findByRole('button', { name: 'Stopping…' })).toBeDisabled();
  });

  it('over words has a place on the plot for each', async () => {
    await open('sweep-2');
    const plot = await screen.findByRole('figure', { name: 'loss over optimizer' });
    expect(plot.querySelectorAll('circle')).toHaveLength(4);
    expect(plot).toHaveTextContent('adafactoradamwlionsgd');
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
  });

  it('that is not there says so and is asked for again', async () => {
    const fake = await open('gone');
    expect(await screen.findByRole('alert')).toHaveTextContent('There is no such sweep.');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(fake.calls.filter(({ name }) => name === 'getSweep')).toHaveLength(2),
    );
  });
});

describe('the sweeps of a job', () => {
  it('are listed, newest first, and opened', async () => {
    const world = busyWorld(0);
    addSweeps(world);
    startWorld(world);
    render(<SweepsTab jobId="j1" />);
    const grid = await screen.findByRole('grid', { name: 'Sweeps of this job' });
    const [first, second] = within(grid).getAllByRole('row').slice(1);
    expect(first).toHaveTextContent('rate-and-widthlr, model.width');
    expect(second).toHaveTextContent('optimizers');
    await userEvent.click(first!);
    expect(useUi.getState().history.at).toEqual({ page: 'sweep', sweepId: 'sweep-1' });
  });

  it('are explained when there are none', async () => {
    startWorld(busyWorld(0));
    render(<SweepsTab jobId="j2" />);
    expect(await screen.findByRole('heading', { name: 'No sweeps yet' })).toBeVisible();
  });
});
