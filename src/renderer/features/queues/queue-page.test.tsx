import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandInput, CommandName } from '../../../shared/contract/commands.ts';
import { App } from '../../app.tsx';
import { navigate, useUi } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { addQueues, queueHandlers } from '../../testing/fake-queues.ts';
import { makeRun } from '../../testing/fake-data.ts';
import { busyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';

let fake: FakeBridge;

async function openQueue(queueId = 'gpu', prepare?: (bridge: FakeBridge) => void): Promise<void> {
  const world = busyWorld(3);
  addQueues(world);
  fake = startWorld(world, prepare);
  render(<App />);
  act(() => navigate({ page: 'queue', queueId }));
  const name = world.queues.find(({ id }) => id === queueId)?.name ?? queueId;
  await screen.findByRole('heading', { level: 1, name });
  // They can be used a moment after they are seen.
  const waits = world.runs.some(({ state, queue }) => state === 'queued' && queue?.id === queueId);
  if (waits) await screen.findAllByRole('button', { name: /^Move / });
}

const list = () => screen.getByRole('grid', { name: 'Waiting runs' });
const row = (name: RegExp) => within(list()).getByRole('row', { name });
const order = () =>
  within(list())
    .getAllByRole('row')
    .map(({ textContent }) => /([a-z-]+-30\d|Critical|High|Medium|Low)/.exec(textContent)![1]);
const sent = <N extends CommandName>(name: N) =>
  fake.calls.filter((call) => call.name === name).map(({ input }) => input as CommandInput<N>);
const escaped = (text: string): string => text.replaceAll(/[()]/g, '\\$&');
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
const choose = async (run: RegExp, item: RegExp): Promise<void> => {
  await userEvent.click(within(row(run)).getByRole('button', { name: /^Actions/ }));
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
};

describe('a queue', () => {
  beforeEach(() => openQueue());

  it('shows what waits by priority and place, each with its reason, and what runs', async () => {
    await waitFor(() => expect(list()).toBeVisible());
    expect(order()).toEqual([
      ...['Critical', 'High', 'brisk-fjord-303', 'Medium', 'amber-heron-304'],
      ...['with-a-much-longer-name-305', 'polar-otter-306', 'Low', 'stone-ridge-307'].map(
        (name) => expect.stringContaining(name) as string,
      ),
    ]);
    expect(row(/^amber-heron/)).toHaveTextContent('2 of 2 running');
    const running = within(screen.getByRole('list', { name: 'Running runs' }));
    expect(running.getAllByRole('listitem')).toHaveLength(2);
    const told = screen.getByRole('figure', { name: 'Last runs over time' });
    expect(told).toHaveTextContent(/lucid-heron-292: waited .* ran .*, failed/);
  });

  it('is reordered by keyboard, also into another priority', async () => {
    await userEvent.click(row(/^stone-ridge/));
    await userEvent.keyboard('{ArrowRight}{Enter}');
    await waitFor(() =>
      expect(document.activeElement).toHaveAccessibleName(/^Insert (between|before|after)/),
    );
    for (let i = 0; i < 20; i++) {
      if (document.activeElement?.getAttribute('aria-label')?.endsWith('and brisk-fjord-303'))
        break;
      await userEvent.keyboard('{ArrowUp}');
    }
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(sent('moveRuns')).toHaveLength(1));
    expect(sent('moveRuns')).toEqual([{ runIds: ['queue-waits-4'], before: 'queue-waits-0' }]);
    await waitFor(() =>
      expect(order().slice(0, 3)).toEqual(['Critical', 'High', 'stone-ridge-307']),
    );
  });

  it('is gone through by Home and End', async () => {
    await userEvent.click(row(/^amber-heron/));
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(row(/^stone-ridge/)).toHaveFocus());
    expect(row(/^stone-ridge/)).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('{Home}');
    await waitFor(() => expect(row(/^brisk-fjord/)).toHaveFocus());
  });

  it('goes on as it was when a move was given up', async () => {
    const before = order();
    await userEvent.click(row(/^stone-ridge/));
    await userEvent.keyboard('{ArrowRight}{Enter}');
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/^Insert/));
    await userEvent.keyboard('{ArrowUp}{Escape}');
    expect(order()).toEqual(before);
    expect(sent('moveRuns')).toEqual([]);
    expect(useUi.getState().history.at).toMatchObject({ page: 'queue' });
  });

  it('has its runs moved to the top, given a priority, and taken to another queue', async () => {
    await choose(/^polar-otter/, /^Move to the top/);
    await waitFor(() => expect(order()[2]).toBe('polar-otter-306'));
    await choose(/^polar-otter/, /^Low priority/);
    await waitFor(() => expect(order().at(-1)).toBe('polar-otter-306'));
    await choose(/^polar-otter/, /^Move to another queue/);
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: /Queue$/ }));
    await userEvent.click(await screen.findByRole('option', { name: /^night-and-weekend/ }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Move' }));
    await waitFor(() => expect(order()).not.toContain('polar-otter-306'));
    expect(sent('moveRuns').at(-1)).toEqual({ runIds: ['queue-waits-3'], queueId: 'night' });
  });

  it('lets a run start not before a time', async () => {
    await choose(/^polar-otter/, /^Start not before/);
    await userEvent.click(await screen.findByRole('button', { name: 'Tomorrow morning' }));
    await press('Start then');
    const { notBefore } = sent('moveRuns')[0]!;
    const tomorrow = new Date();
    tomorrow.setDate(tomorrow.getDate() + 1);
    expect(notBefore).toBe(tomorrow.setHours(8, 0, 0, 0));
  });

  it('does not let a run start not before a time that has passed', async () => {
    await choose(/^polar-otter/, /^Start not before/);
    const time = await screen.findByLabelText('Not before');
    fireEvent.change(time, { target: { value: '2026-01-31T14:30' } });
    expect(time).toBeInvalid();
    expect(time).toHaveAccessibleDescription('2026-01-31 14:30 has passed. Choose a time to come.');
    expect(screen.getByRole('button', { name: 'Start then' })).toBeDisabled();
  });

  it('is not left by Escape, which takes the selection away', async () => {
    await userEvent.click(row(/^polar-otter/));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(row(/^polar-otter/)).not.toHaveAttribute('aria-selected', 'true'));
    await userEvent.keyboard('{Escape}{Escape}');
    expect(useUi.getState().history.at).toMatchObject({ page: 'queue', queueId: 'gpu' });
  });

  it('has runs removed by key, with a way to put them back', async () => {
    await userEvent.click(row(/^amber-heron/));
    await userEvent.keyboard('{Delete}');
    await waitFor(() => expect(order()).not.toContain('amber-heron-304'));
    expect(sent('removeFromQueue')).toEqual([{ runIds: ['queue-waits-1'] }]);
    await press('Undo');
    await waitFor(() => expect(sent('rerunRun')).toHaveLength(1));
    expect(sent('rerunRun')[0]).toMatchObject({
      runId: 'queue-waits-1',
      queue: { queueId: 'gpu', priority: 'medium' },
    });
  });

  it('is paused and resumed, and says so', async () => {
    await press('Pause');
    await screen.findByText(/nothing more is started/);
    await waitFor(() => expect(row(/^amber-heron/)).toHaveTextContent('queue paused'));
    await press('Resume');
    await waitFor(() => expect(screen.queryByText(/nothing more is started/)).toBeNull());
    expect(sent('pauseQueues')).toEqual([
      { queueId: 'gpu', paused: true },
      { queueId: 'gpu', paused: false },
    ]);
  });

  it('has its limit changed in place; what is no limit is not sent', async () => {
    const limit = screen.getByRole('textbox', { name: 'At a time' });
    await userEvent.type(limit, '{ArrowUp}{ArrowUp}');
    await waitFor(() =>
      expect(sent('updateQueue')).toEqual([{ queueId: 'gpu', change: { concurrency: 4 } }]),
    );
    await waitFor(() => expect(row(/^amber-heron/)).toHaveTextContent(/before it|starts now/));
    await userEvent.clear(limit);
    await userEvent.type(limit, '0');
    expect(limit).toBeInvalid();
    expect(limit).toHaveAccessibleDescription('A whole number from 1 to 10,000.');
    await userEvent.type(limit, '{Enter}');
    await userEvent.tab();
    await waitFor(() => expect(limit).toHaveValue('4'));
    expect(sent('updateQueue')).toHaveLength(1);
  });

  it('is not left without a limit by an empty field, but by saying so', async () => {
    const limit = screen.getByRole('textbox', { name: 'At a time' });
    await userEvent.clear(limit);
    await userEvent.type(limit, '{Enter}');
    await waitFor(() => expect(limit).toHaveValue('2'));
    await userEvent.clear(limit);
    await userEvent.tab();
    await waitFor(() => expect(limit).toHaveValue('2'));
    await userEvent.clear(limit);
    await userEvent.keyboard('{Escape}');
    expect(limit).toHaveValue('2');
    expect(useUi.getState().history.at).toMatchObject({ page: 'queue' });
    expect(sent('updateQueue')).toEqual([]);

    const none = screen.getByRole('switch', { name: 'No limit' });
    await userEvent.click(none);
    await waitFor(() => expect(none).toBeChecked());
    expect(sent('updateQueue')).toEqual([{ queueId: 'gpu', change: { concurrency: null } }]);
    expect(limit).toHaveValue('');
    // As many as run: nothing more is started, and nothing is asked for that is not so.
    await userEvent.click(none);
    await waitFor(() => expect(limit).toHaveValue('2'));
    await userEvent.click(none);
    await userEvent.clear(limit);
    await userEvent.type(limit, '3{Enter}');
    await waitFor(() => expect(none).not.toBeChecked());
    expect(sent('updateQueue').at(-1)?.change).toEqual({ concurrency: 3 });
  });

  it('is offered to be removed only when nothing is in it', async () => {
    await press('More actions');
    await screen.findByRole('menuitem', { name: 'Change this queue…' });
    expect(screen.queryByRole('menuitem', { name: 'Remove this queue' })).toBeNull();
    await userEvent.keyboard('{Escape}');
    act(() => navigate({ page: 'queue', queueId: 'night' }));
    await screen.findByRole('heading', { level: 1, name: 'night-and-weekend' });
    await press('More actions');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove this queue' }));
    await waitFor(() => expect(sent('removeQueue')).toEqual([{ queueId: 'night' }]));
    expect(useUi.getState().history.at).toEqual({ page: 'queues' });
  });
});

describe('a queue whose engine does not answer', () => {
  const away = (bridge: FakeBridge): void => {
    bridge.world.runs = bridge.world.runs.map((run) =>
      run.id === 'queue-live-1' ? { ...run, engineReachable: false } : run,
    );
  };
  const words = 'running (engine does not answer)';
  beforeEach(() => openQueue('gpu', away));

  it('says so of its runs wherever they are, and of none how long it runs', () => {
    const item = (name: string) => screen.getByRole('button', { name }).closest('li');
    const [lost, other] = [item('stone-delta-301'), item('early-maple-302')];
    expect(lost).toHaveTextContent(/Running \(engine does not answer\).*–$/);
    expect(other).toHaveTextContent(/^Running(?! \().*min/);
    const told = screen.getByRole('figure', { name: 'Last runs over time' });
    expect(told).toHaveTextContent(new RegExp(`stone-delta-301: waited [^,]*, ${escaped(words)}`));
    const under = within(screen.getByRole('region', { name: 'Under way' }));
    const beside = under.getByRole('button', { name: /stone-delta-301/ });
    expect(beside).toHaveTextContent(/engine does not answer/);
    expect(beside).not.toHaveTextContent(/ min /);
    expect(beside).toHaveAttribute('title', expect.stringContaining('engine does not answer'));
  });
});

describe('a queue with very many runs', () => {
  const COUNT = 3000;
  const many = (bridge: FakeBridge): void => {
    const queue = { id: 'gpu', name: 'gpu' };
    for (let at = 0; at < COUNT; at += 1) {
      const createdAt = Date.now() + at;
      const run = { id: `cell-${at}`, name: `cell-${at}`, state: 'queued' as const, queue };
      bridge.world.runs.push(makeRun({ ...run, createdAt, priority: 'low' }));
    }
  };
  beforeEach(() => openQueue('gpu', many));

  it('draws those in sight, and counts all', async () => {
    await waitFor(() => expect(row(/^brisk-fjord/)).toBeVisible());
    expect(within(list()).getAllByRole('row').length).toBeLessThan(100);
    expect(row(/^Low/)).toHaveTextContent('3,001');
  });

  it('moves runs behind all, also those that were not read', async () => {
    await choose(/^brisk-fjord/, /^Move to the bottom/);
    await waitFor(() =>
      expect(sent('moveRuns')).toEqual([
        { runIds: ['queue-waits-0'], priority: 'low', before: null },
      ]),
    );
  });

  it('has all of them selected, and removed', async () => {
    await userEvent.click(row(/^brisk-fjord/));
    await userEvent.keyboard('{Control>}a{/Control}');
    await waitFor(() => expect(row(/^amber-heron/)).toHaveAttribute('aria-selected', 'true'));
    await waitFor(() => expect(sent('getQueue').some(({ offset }) => offset === 3000)).toBe(true));
    await userEvent.keyboard('{Delete}');
    await waitFor(() => expect(sent('removeFromQueue')).toHaveLength(1));
    expect(sent('removeFromQueue')[0]!.runIds).toHaveLength(COUNT + 5);
  });
});

describe('an empty queue', () => {
  it('says what it is for and how to put a run in', async () => {
    await openQueue('default');
    expect(await screen.findByText(/In a queue/)).toBeVisible();
    expect(screen.getByText('slipway launch … -q default')).toBeVisible();
  });

  it('says what went wrong when it cannot be read, and reads it again', async () => {
    let broken = true;
    await openQueue('night', (bridge) => {
      const { getQueue } = queueHandlers(bridge.world, () => undefined);
      const busy = { code: 'E_DB_BUSY', message: 'The database is busy.' } as const;
      bridge.answer('getQueue', (input) => (broken ? { ok: false, error: busy } : getQueue(input)));
    });
    expect(await screen.findByText('The database is busy.')).toBeVisible();
    broken = false;
    await press('Try again');
    expect(await screen.findByText('Nothing waits in night-and-weekend')).toBeVisible();
  });
});

describe('the queues', () => {
  it('are listed, and made with their resources and variables', async () => {
    await openQueue('night');
    act(() => navigate({ page: 'queues' }));
    const grid = await screen.findByRole('grid', { name: 'Queues' });
    expect(within(grid).getByRole('row', { name: /^gpu/ })).toHaveTextContent(
      /Running.*52.*2 at a time/,
    );
    expect(within(grid).getByRole('row', { name: /^night/ })).toHaveTextContent(/Paused.*no limit/);

    await press('New queue');
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Create queue' }));
    expect(dialog.getByText('Give the queue a name.')).toBeVisible();
    await userEvent.type(dialog.getByLabelText('Name'), 'x'.repeat(70));
    await userEvent.clear(dialog.getByLabelText('Runs at a time'));
    await userEvent.type(dialog.getByLabelText('Runs at a time'), '0');
    await userEvent.type(dialog.getByLabelText('Memory'), 'lots');
    await userEvent.click(dialog.getByRole('button', { name: 'Create queue' }));
    for (const [field, words] of [
      ['Name', /At most 64 characters/],
      ['Runs at a time', /from 1 to 10,000/],
      ['Memory', /from 6m/],
    ] as const) {
      expect(dialog.getByLabelText(field)).toBeInvalid();
      expect(dialog.getByLabelText(field)).toHaveAccessibleDescription(words);
      await userEvent.clear(dialog.getByLabelText(field));
    }
    await userEvent.type(dialog.getByLabelText('Name'), 'big');
    await userEvent.type(dialog.getByLabelText('CPUs'), '4');
    await userEvent.type(dialog.getByLabelText('Memory'), '{{{{memory}}');
    await userEvent.click(dialog.getByRole('button', { name: 'Create queue' }));
    expect(dialog.getByText('{{memory}} is no variable of this queue.')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Add variable memory' }));
    await userEvent.type(dialog.getByLabelText('Values that memory may have'), '4g, 8g');
    await userEvent.click(dialog.getByRole('button', { name: 'Create queue' }));
    await waitFor(() => expect(sent('createQueue')).toHaveLength(1));
    expect(sent('createQueue')[0]).toEqual({
      ...{ name: 'big', engine: null, concurrency: null },
      resourceArgs: { cpus: 4, memory: '{{memory}}' },
      variables: { memory: { type: 'string', enum: ['4g', '8g'] } },
    });
    expect(await screen.findByRole('heading', { level: 1, name: 'big' })).toBeVisible();
  });

  it('are in the sidebar with what waits', async () => {
    await openQueue('night');
    const pages = within(screen.getByRole('navigation', { name: 'Pages' }));
    expect(pages.getByRole('button', { name: /^gpu/ })).toHaveTextContent('gpu5');
    expect(pages.getByRole('button', { name: /^night/ })).toHaveTextContent('paused');
  });
});
