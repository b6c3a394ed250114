import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { activityText, tooltip, trayMenu, trayState, type Activity } from './tray-menu.ts';
import { goingRun } from '../testing.ts';

const NOW = 3_600_000;
const activity = (more: Partial<Activity> = {}): Activity => ({
  ...{ going: 0, waiting: 0, queues: 1, paused: 0, runs: [], failed: false },
  ...more,
});
const choices = () => ({
  ...{ openRun: vi.fn(), stopRun: vi.fn(), show: vi.fn(), newJob: vi.fn(), quit: vi.fn() },
  pauseQueues: vi.fn(),
});
const labels = (menu: MenuItemConstructorOptions[]) => menu.map(({ label }) => label ?? '-');
const click = (item: MenuItemConstructorOptions | undefined) => (item!.click as () => void)();

describe('the tray', () => {
  it.each([
    [0, 0, 0, 'Nothing is running'],
    [2, 3, 0, '2 running, 3 waiting'],
    [1, 0, 0, '1 running'],
    [0, 1, 0, '1 waiting'],
    [0, 1, 1, '1 waiting, 1 queue paused'],
    [1, 4, 3, '1 running, 4 waiting, queues paused'],
    [0, 0, 3, 'queues paused'],
  ])('%d going, %d waiting and %d of 3 paused are "%s"', (going, waiting, paused, text) => {
    const now = activity({ going, waiting, paused, queues: 3 });
    expect(activityText(now)).toBe(text);
    expect(tooltip(now)).toBe(`Slipway: ${text}`);
  });

  it.each([
    [{ queues: 1 }, []],
    [{ queues: 1, waiting: 1 }, ['Pause queues']],
    [{ queues: 2 }, ['Pause queues']],
    [{ queues: 2, paused: 1 }, ['Pause queues', 'Resume queues']],
    [{ queues: 1, paused: 1 }, ['Resume queues']],
  ])('with %j offers %j', (more, expected) => {
    const chosen = choices();
    const items = trayMenu(activity(more), chosen, NOW).filter(({ label }) =>
      label?.endsWith(' queues'),
    );
    expect(labels(items)).toEqual(expected);
    for (const item of items) click(item);
    const asked = expected.map((label) => [label === 'Pause queues']);
    expect(chosen.pauseQueues.mock.calls).toEqual(asked);
  });

  it.each([
    [activity(), 'idle'],
    [activity({ going: 1 }), 'running'],
    [activity({ waiting: 1 }), 'idle'],
    [activity({ failed: true }), 'failed'],
    [activity({ failed: true, going: 1 }), 'running'],
  ] as const)('%j is %s', (now, state) => {
    expect(trayState(now)).toBe(state);
  });

  it('lists the runs with their durations, and what can always be done', () => {
    const runs = [
      goingRun({ startedAt: NOW - 754_000 }),
      goingRun({ name: 'R&D', state: 'building', startedAt: null }),
      goingRun({ name: 'soon', startedAt: NOW + 5000 }),
    ];
    expect(labels(trayMenu(activity({ going: 5, runs }), choices(), NOW))).toEqual([
      ...['5 running', 'amber-comet-204 · 12 min', 'R&&D · building', 'soon · 0 s', '2 more…'],
      ...['-', 'Show Slipway', 'New job…', '-', 'Quit Slipway'],
    ]);
  });

  it('shows and stops a run; one that is stopping is not stopped again', () => {
    const chosen = choices();
    const runs = [goingRun(), goingRun({ id: 'run-2', state: 'stopping' })];
    const [, first, second] = trayMenu(activity({ going: 2, runs }), chosen, NOW);
    const [show, stop] = first!.submenu as MenuItemConstructorOptions[];
    click(show);
    click(stop);
    expect(chosen.openRun).toHaveBeenCalledExactlyOnceWith('run-1');
    expect(chosen.stopRun).toHaveBeenCalledExactlyOnceWith('run-1');
    const [, again] = second!.submenu as MenuItemConstructorOptions[];
    expect(again).toMatchObject({ label: 'Stopping…', enabled: false });
  });
});
