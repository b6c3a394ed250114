import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { loadAll } from '../../../bridge/sync.ts';
import { makeQueue } from '../../../testing/fake-data.ts';
import { box, launch, open, press } from '../testing/open-form.tsx';

const gpu = makeQueue({
  ...{ id: 'gpu', name: 'gpu', concurrency: 2, resourceArgs: { memory: '{{memory}}', cpus: 2 } },
  variables: {
    memory: { type: 'string', enum: ['8g', '16g'], default: '8g' },
    seed: { type: 'integer', minimum: 1, description: 'Of the data' },
  },
});

async function openWithQueue() {
  const form = await open();
  form.fake.world.queues.push(gpu);
  await loadAll();
  await userEvent.type(box(/^data/), 'd');
  return form;
}

const choose = (name: string) => userEvent.click(screen.getByRole('radio', { name }));
const pick = (name: string, value: string) =>
  userEvent.selectOptions(screen.getByRole('combobox', { name }), value);

describe('when a launch starts', () => {
  it('is now at first, and says nothing of queues', async () => {
    const { launched } = await openWithQueue();
    expect(screen.queryByRole('combobox', { name: 'Queue' })).toBeNull();
    await launch();
    await waitFor(() => expect(launched()).toHaveLength(1));
    expect(launched()[0]).not.toHaveProperty('queue');
  });

  it('waits in a queue, whose variables are asked for and whose gifts are in the plan', async () => {
    const { launched, last } = await openWithQueue();
    await choose('In a queue');
    await pick('Queue', 'gpu');
    await pick('Priority', 'high');
    await press('Add to queue');
    expect(screen.getAllByText('Queue gpu asks for seed.')[0]).toBeVisible();
    expect(launched()).toEqual([]);

    await userEvent.type(box('seed'), '0');
    expect(screen.getAllByText('seed: At least 1.')[0]).toBeVisible();
    await userEvent.clear(box('seed'));
    await userEvent.type(box('seed'), '7');
    await pick('memory', '16g');
    expect(screen.getByRole('region', { name: 'Waits in' })).toHaveTextContent(
      /gpu 2 at a time, high priority.*memory16gcpus2/,
    );
    expect(screen.getByRole('group', { name: 'Terminal command' })).toHaveTextContent(
      '-q gpu -P high -v memory=16g -v seed=7',
    );
    const placed = { queueId: 'gpu', variables: { memory: '16g', seed: 7 } };
    await waitFor(() => expect(last('planLaunch')).toMatchObject({ queue: placed }));
    await press('Add to queue');
    await waitFor(() => expect(launched()).toHaveLength(1));
    expect(launched()[0]?.queue).toEqual({
      ...{ queueId: 'gpu', priority: 'high', variables: { memory: '16g', seed: 7 } },
    });
  });

  it('is remembered for the next launch', async () => {
    const { view } = await openWithQueue();
    await choose('In a queue');
    await press('Add to queue');
    view.unmount();
    await open();
    const start = within(screen.getByRole('region', { name: 'Start' }));
    expect(start.getByRole('radio', { name: 'In a queue' })).toBeChecked();
    expect(screen.getByRole('button', { name: 'Add to queue' })).toBeVisible();
  });
});
