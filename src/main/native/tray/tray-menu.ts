import type { MenuItemConstructorOptions } from 'electron';
import type { GoingRun } from '../../../core/db/activity-repo.ts';
import { plural } from '../../../shared/format.ts';
import { escaped } from '../menus/menu-template.ts';
import { oneLine, roughDuration } from '../words.ts';

/** What the tray tells. */
export interface Activity {
  going: number;
  waiting: number;
  /** How many queues there are, and how many of them start nothing now. */
  queues: number;
  paused: number;
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
  /** All queues at once. */
  pauseQueues(paused: boolean): void;
  quit(): void;
}

export type TrayState = 'idle' | 'running' | 'failed';

/** So many runs have an item of their own. */
export const LISTED_RUNS = 10;

export function trayState({ going, failed }: Activity): TrayState {
  if (going > 0) return 'running';
  return failed ? 'failed' : 'idle';
}

/** "2 running, 3 waiting, queues paused". */
export function activityText(activity: Omit<Activity, 'runs' | 'failed'>): string {
  const { going, waiting } = activity;
  const parts = [
    going > 0 && `${going} running`,
    waiting > 0 && `${waiting} waiting`,
    pausedText(activity),
  ];
  return parts.filter(Boolean).join(', ') || 'Nothing is running';
}

function pausedText({ queues, paused }: Pick<Activity, 'queues' | 'paused'>): string | false {
  if (paused === 0) return false;
  return paused === queues ? 'queues paused' : `${plural(paused, 'queue')} paused`;
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
    ...queueItems(activity, choices),
    { type: 'separator' },
    { label: 'Quit Slipway', click: choices.quit },
  ];
}

/** There while something waits, or could be made to. */
function queueItems(
  { waiting, queues, paused }: Activity,
  { pauseQueues }: TrayChoices,
): MenuItemConstructorOptions[] {
  if (waiting === 0 && paused === 0 && queues < 2) return [];
  return [
    { type: 'separator' },
    ...(paused < queues ? [{ label: 'Pause queues', click: () => pauseQueues(true) }] : []),
    ...(paused > 0 ? [{ label: 'Resume queues', click: () => pauseQueues(false) }] : []),
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
