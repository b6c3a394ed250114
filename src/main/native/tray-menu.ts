import type { MenuItemConstructorOptions } from 'electron';
import type { GoingRun } from '../../core/db/activity-repo.ts';
import { escaped } from './menu-template.ts';
import { oneLine, roughDuration } from './words.ts';

/** What the tray tells. */
export interface Activity {
  going: number;
  waiting: number;
  /** The newest of those that go on. */
  runs: readonly GoingRun[];
  /** The run that ended last failed, and nobody has looked since. */
  failed: boolean;
}

export interface TrayChoices {
  openRun(runId: string): void;
  stopRun(runId: string): void;
  show(): void;
  newJob(): void;
  quit(): void;
}

export type TrayState = 'idle' | 'running' | 'failed';

/** So many runs have an item of their own. */
export const LISTED_RUNS = 10;

export function trayState({ going, failed }: Activity): TrayState {
  if (going > 0) return 'running';
  return failed ? 'failed' : 'idle';
}

/** "2 running, 3 waiting". */
export function activityText({ going, waiting }: Pick<Activity, 'going' | 'waiting'>): string {
  const parts = [going > 0 && `${going} running`, waiting > 0 && `${waiting} waiting`];
  return parts.filter(Boolean).join(', ') || 'Nothing is running';
}

export const tooltip = (activity: Activity): string => `Slipway: ${activityText(activity)}`;

/** The menu of the tray; `now` in ms since 1970. */
export function trayMenu(
  activity: Activity,
  choices: TrayChoices,
  now: number,
): MenuItemConstructorOptions[] {
  const more = activity.going - activity.runs.length;
  return [
    { label: activityText(activity), enabled: false },
    ...activity.runs.map((run) => runItem(run, choices, now)),
    ...(more > 0 ? [{ label: `${more} more…`, click: choices.show }] : []),
    { type: 'separator' },
    { label: 'Show Slipway', click: choices.show },
    { label: 'New job…', click: choices.newJob },
    { type: 'separator' },
    { label: 'Quit Slipway', click: choices.quit },
  ];
}

function runItem(
  run: GoingRun,
  { openRun, stopRun }: TrayChoices,
  now: number,
): MenuItemConstructorOptions {
  const stopping = run.state === 'stopping';
  return {
    label: `${escaped(oneLine(run.name))} · ${standing(run, now)}`,
    submenu: [
      { label: 'Show', click: () => openRun(run.id) },
      // A second stop ends a run at once, which is not asked for in passing.
      { label: stopping ? 'Stopping…' : 'Stop', enabled: !stopping, click: () => stopRun(run.id) },
    ],
  };
}

const standing = ({ state, startedAt }: GoingRun, now: number): string =>
  state === 'running' && startedAt !== null ? roughDuration(now - startedAt) : state;
