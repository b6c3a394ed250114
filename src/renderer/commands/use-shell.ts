import { useEffect } from 'react';
import type { CommandInput } from '../../shared/contract/commands.ts';
import type { EventPayload } from '../../shared/contract/events.ts';
import { call, getBridge } from '../bridge/client.ts';
import { useEntities } from '../stores/entities.ts';
import { useLogHere } from '../stores/log-here.ts';
import { askAboutQueue, useQueueSelection } from '../stores/queue-selection.ts';
import { useRunSelection } from '../stores/run-selection.ts';
import { navigate, openLaunch, openOverlay, useUi } from '../stores/ui.ts';
import { isEnabled, type Command } from './command.ts';
import { COMMANDS } from './registry.ts';
import { useBindings } from './bindings.ts';

/** Changes come in bursts; a menu that is a moment behind is no harm. */
const CALM_MS = 200;

const listed = (): CommandInput<'publishCommands'>['commands'] =>
  Object.entries<Command>(COMMANDS).map(([id, command]) => ({
    id,
    title: command.title,
    group: command.group,
    shortcut: command.shortcut ?? null,
    enabled: isEnabled(command),
  }));

/** Tells main the commands whenever they or what is enabled changed. Returns the stop. */
function publishChanges(): () => void {
  let published = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const publish = (): void => {
    timer = undefined;
    const commands = listed();
    const text = JSON.stringify(commands);
    if (text !== published) void call('publishCommands', { commands });
    published = text;
  };
  const soon = (): void => void (timer ??= setTimeout(publish, CALM_MS));
  soon();
  const stores = [useUi, useEntities, useBindings, useRunSelection, useQueueSelection, useLogHere];
  const stops = stores.map((store) => store.subscribe(soon));
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

/** The run or queue on the screen, while somebody can see it. */
function inView(): CommandInput<'reportView'> {
  const { at } = useUi.getState().history;
  const isSeen = document.hasFocus();
  return {
    runId: at.page === 'run' && isSeen ? at.runId : null,
    queueId: at.page === 'queue' && isSeen ? at.queueId : null,
  };
}

/** Tells main what is looked at. Returns the stop. */
function reportViews(): () => void {
  let told = '';
  const report = (): void => {
    const now = inView();
    const text = JSON.stringify(now);
    if (text !== told) void call('reportView', now);
    told = text;
  };
  report();
  const stop = useUi.subscribe(report);
  window.addEventListener('focus', report);
  window.addEventListener('blur', report);
  return () => {
    stop();
    window.removeEventListener('focus', report);
    window.removeEventListener('blur', report);
  };
}

/** Shows a place that a notification, a link or the tray leads to, with nothing before it. */
function open(target: EventPayload<'open'>): void {
  openOverlay(null);
  openLaunch(null);
  askAboutQueue(null);
  if (target.page === 'job') return navigate({ page: 'job', jobId: target.jobId, tab: 'runs' });
  if (target.page === 'sweep' || target.page === 'queue') return navigate(target);
  const { runId, line } = target;
  navigate({ page: 'run', runId, tab: 'log', ...(line !== null && { line }) });
}

function runById(id: string): void {
  const command = Object.entries<Command>(COMMANDS).find(([name]) => name === id)?.[1];
  if (command && isEnabled(command)) command.run();
}

/** Keeps what is around the window up to date, and does what is chosen there. */
export function useShell(): void {
  useEffect(() => {
    const stops = [
      publishChanges(),
      reportViews(),
      getBridge().on('open', open),
      getBridge().on('command', ({ id }) => runById(id)),
    ];
    return () => stops.forEach((stop) => stop());
  }, []);
}
