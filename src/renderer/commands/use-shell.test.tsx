import { act, render, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { navigate, openLaunch, useUi } from '../stores/ui.ts';
import type { FakeBridge } from '../testing/fake-bridge.ts';
import { busyWorld } from '../testing/fake-world.ts';
import { startWorld } from '../testing/setup.ts';
import { useShell } from './use-shell.ts';

function Shell() {
  useShell();
  return null;
}

function start(): FakeBridge {
  const fake = startWorld(busyWorld());
  render(<Shell />);
  return fake;
}

type Published = { commands: { id: string; enabled: boolean; shortcut: string | null }[] };

const published = ({ calls }: FakeBridge): Published[] =>
  calls.filter(({ name }) => name === 'publishCommands').map(({ input }) => input as Published);

const enabled = (sent: Published | undefined, id: string): boolean | undefined =>
  sent?.commands.find((command) => command.id === id)?.enabled;

describe('what is around the window', () => {
  it('is told the commands, again when what can be done changed, and not otherwise', async () => {
    const fake = start();
    await waitFor(() => expect(published(fake).length).toBeGreaterThan(0));
    expect(enabled(published(fake).at(-1), 'stopRun')).toBe(false);
    act(() => navigate({ page: 'run', runId: 'run-live', tab: 'log' }));
    await waitFor(() => expect(enabled(published(fake).at(-1), 'stopRun')).toBe(true));
    const told = published(fake).length;
    act(() => useUi.setState({ jobFilter: 'x' }));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(published(fake)).toHaveLength(told);
  });

  it('is told which run or queue is looked at, each time it is another', async () => {
    const fake = start();
    const views = () =>
      fake.calls.filter(({ name }) => name === 'reportView').map(({ input }) => input);
    document.hasFocus = () => true;
    act(() => navigate({ page: 'run', runId: 'run-live', tab: 'log' }));
    act(() => navigate({ page: 'run', runId: 'run-live', tab: 'metrics' }));
    act(() => navigate({ page: 'queue', queueId: 'default' }));
    act(() => navigate({ page: 'jobs' }));
    expect(views()).toEqual([
      { runId: null, queueId: null },
      { runId: 'run-live', queueId: null },
      { runId: null, queueId: 'default' },
      { runId: null, queueId: null },
    ]);
  });

  it('has a command run that can be, and no other', () => {
    const fake = start();
    act(() => fake.push('command', { id: 'goSettings' }));
    expect(useUi.getState().history.at).toEqual({ page: 'settings' });
    act(() => fake.push('command', { id: 'stopRun' }));
    act(() => fake.push('command', { id: 'no-such-command' }));
    expect(fake.calls.some(({ name }) => name === 'stopRun')).toBe(false);
  });

  it('leads to a line of a run, from whatever dialog is open', () => {
    const fake = start();
    act(() => openLaunch({ jobId: 'j1' }));
    act(() => fake.push('open', { page: 'run', runId: 'run-live', line: 41 }));
    expect(useUi.getState().history.at).toEqual({
      page: 'run',
      runId: 'run-live',
      tab: 'log',
      line: 41,
    });
    expect(useUi.getState().launch).toBeNull();
  });

  it('leads to the queue that a notification is about', () => {
    const fake = start();
    act(() => fake.push('open', { page: 'queue', queueId: 'gpu' }));
    expect(useUi.getState().history.at).toEqual({ page: 'queue', queueId: 'gpu' });
  });
});
