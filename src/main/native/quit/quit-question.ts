import type { MessageBoxOptions } from 'electron';
import { plural } from '../../../shared/format.ts';
import type { GoingRun } from '../../../core/db/activity-repo.ts';
import { oneLine } from '../words.ts';

export type QuitAnswer = 'keep' | 'stop' | 'cancel';

/** A question and what each of its buttons means. */
export interface QuitQuestion {
  box: MessageBoxOptions;
  answers: QuitAnswer[];
}

export interface Unfinished {
  /** The runs that this app attends. */
  going: readonly GoingRun[];
  /** How many wait to be started. */
  waiting: number;
}

/** States in which a run's program has not been started: its preparation ends with the app. */
const BEFORE_START = new Set(['queued', 'preparing', 'building']);

/** What is asked before the app quits; null when nothing goes on. */
export function quitQuestion({ going, waiting }: Unfinished): QuitQuestion | null {
  if (going.length === 0 && waiting === 0) return null;
  const details = [...goingDetails(going), waitingDetail(waiting)].filter((text) => text !== null);
  const choices: [QuitAnswer, string][] =
    going.length > 0
      ? [
          ['keep', 'Keep running'],
          ['stop', going.length === 1 ? 'Stop it' : 'Stop them'],
          ['cancel', 'Cancel'],
        ]
      : [
          ['keep', 'Quit'],
          ['cancel', 'Cancel'],
        ];
  return {
    answers: choices.map(([answer]) => answer),
    box: {
      type: 'question',
      title: 'Quit Slipway',
      message: messageOf(going, waiting),
      detail: details.join('\n\n'),
      buttons: choices.map(([, label]) => label),
      defaultId: 0,
      cancelId: choices.length - 1,
      checkboxLabel: 'Do not ask again',
      noLink: true,
    },
  };
}

function messageOf(going: readonly GoingRun[], waiting: number): string {
  const [first] = going;
  if (!first) return `${plural(waiting, 'run')} ${waiting === 1 ? 'waits' : 'wait'} to be started.`;
  if (going.length > 1) return `${going.length} runs are going.`;
  return `The run "${oneLine(first.name)}" is going.`;
}

function goingDetails(going: readonly GoingRun[]): (string | null)[] {
  const unstarted = going.filter(({ state }) => BEFORE_START.has(state)).length;
  const started = going.length - unstarted;
  return [
    started > 0
      ? `${started === 1 ? 'A run' : 'Runs'} kept running ${started === 1 ? 'goes' : 'go'} on without Slipway, and ${started === 1 ? 'is' : 'are'} followed again, with nothing of the log lost, when it is next opened.`
      : null,
    unstarted > 0
      ? `${plural(unstarted, 'run')} ${unstarted === 1 ? 'is' : 'are'} still being prepared: that does not go on without Slipway.`
      : null,
  ];
}

const waitingDetail = (waiting: number): string | null =>
  waiting > 0
    ? `${plural(waiting, 'run')} that ${waiting === 1 ? 'waits is' : 'wait are'} started when Slipway is next opened.`
    : null;
