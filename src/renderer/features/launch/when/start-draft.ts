import {
  DEFAULT_QUEUE,
  type Queue,
  type QueuePlacement,
  type QueueVariable,
} from '../../../../shared/domain/queue.ts';
import { PRIORITIES, type EngineKind, type Priority } from '../../../../shared/domain/run.ts';
import { ENGINE_NAMES } from '../../../stores/engines.ts';
import type { ById } from '../../../stores/entities.ts';
import { isText, keep, readKeptValues } from '../../../stores/kept.ts';
import { pastProblem, readLocalTime } from '../../queues/local-time.ts';

/** When a launch starts: at once, or when its turn in a queue comes. */
export interface StartDraft {
  queued: boolean;
  queueId: string;
  priority: Priority;
  /** As a field for date and time has it; empty for none. */
  notBefore: string;
  /** Of the queue, by name, as they were typed; empty for what the queue says. */
  variables: Readonly<Record<string, string>>;
}

const KEY = 'launch-start';

export const START_NOW: StartDraft = {
  ...{ queued: false, queueId: DEFAULT_QUEUE, priority: 'medium', notBefore: '', variables: {} },
};

/** How the last launch was started; a time is not kept, for it has passed. */
export function lastStart(): StartDraft {
  const kept = readKeptValues(KEY);
  return {
    ...START_NOW,
    queued: kept['queued'] === true,
    queueId: isText(kept['queueId']) ? kept['queueId'] : DEFAULT_QUEUE,
    priority: PRIORITIES.find((each) => each === kept['priority']) ?? 'medium',
  };
}

export const rememberStart = ({ queued, queueId, priority }: StartDraft): void =>
  keep(KEY, { queued, queueId, priority });

/** The queue that is chosen: the default one where the chosen one is gone. */
export const queueOf = ({ queueId }: StartDraft, queues: ById<Queue>): Queue | undefined =>
  queues[queueId] ?? queues[DEFAULT_QUEUE];

/** A value as it was typed, or what is wrong with it. */
export function readVariable(
  { type, enum: list, minimum, maximum }: QueueVariable,
  typed: string,
): { value: string | number } | { problem: string } {
  if (type === 'string') {
    const known = !list || list.includes(typed);
    return known ? { value: typed } : { problem: `Choose one of ${list.join(', ')}.` };
  }
  const value = Number(typed);
  if (typed.trim() === '' || !Number.isFinite(value)) return { problem: 'Write a number.' };
  if (type === 'integer' && !Number.isSafeInteger(value))
    return { problem: 'Write a whole number.' };
  if (minimum !== undefined && value < minimum) return { problem: `At least ${minimum}.` };
  if (maximum !== undefined && value > maximum) return { problem: `At most ${maximum}.` };
  return { value };
}

/** What keeps a launch from being put into its queue, by place; `engine`: the one that was chosen. */
export function startProblems(
  { variables, ...start }: StartDraft,
  queue: Queue | undefined,
  engine: EngineKind | null,
): { place: string; message: string }[] {
  if (!start.queued || !queue) return [];
  const passed = pastProblem(readLocalTime(start.notBefore), Date.now());
  const late = passed === null ? [] : [{ place: 'start.notBefore', message: passed }];
  const wrong = Object.entries(queue.variables).flatMap(([name, variable]) => {
    const typed = variables[name] ?? '';
    const place = `start.${name}`;
    if (typed === '') {
      const message = `Queue ${queue.name} asks for ${name}.`;
      return variable.default === undefined ? [{ place, message }] : [];
    }
    const read = readVariable(variable, typed);
    return 'problem' in read ? [{ place, message: `${name}: ${read.problem}` }] : [];
  });
  const other = queue.engine !== null && engine !== null && engine !== queue.engine;
  if (!other) return [...late, ...wrong];
  const message = `Queue ${queue.name} runs on ${ENGINE_NAMES[queue.engine!]}, and ${ENGINE_NAMES[engine]} was chosen.`;
  return [{ place: 'start', message }, ...late, ...wrong];
}

/** The values of the queue's variables that were typed and can be read. */
function valuesIn({ variables }: StartDraft, queue: Queue): Record<string, string | number> {
  const read = Object.entries(queue.variables).flatMap(([name, variable]) => {
    const typed = variables[name] ?? '';
    const found = typed === '' ? null : readVariable(variable, typed);
    return found && 'value' in found ? [[name, found.value] as const] : [];
  });
  return Object.fromEntries(read);
}

/** How the launch is put into its queue; undefined when it starts at once. */
export function placementOf(
  start: StartDraft,
  queue: Queue | undefined,
): QueuePlacement | undefined {
  if (!start.queued || !queue) return undefined;
  const variables = valuesIn(start, queue);
  const notBefore = readLocalTime(start.notBefore);
  return {
    queueId: queue.id,
    priority: start.priority,
    ...(notBefore !== null && { notBefore }),
    ...(Object.keys(variables).length > 0 && { variables }),
  };
}

/** The same as words of the command line. */
export function startWords(start: StartDraft, queue: Queue | undefined): string[] {
  if (!start.queued || !queue) return [];
  const values = Object.entries(valuesIn(start, queue));
  return [
    ...['-q', queue.name],
    ...(start.priority === 'medium' ? [] : ['-P', start.priority]),
    ...(start.notBefore === '' ? [] : ['--not-before', start.notBefore]),
    ...values.flatMap(([name, value]) => ['-v', `${name}=${value}`]),
  ];
}

/** What the queue gives to the run where its settings say nothing else, with the variables filled in. */
export function queueGives(start: StartDraft, queue: Queue): { label: string; text: string }[] {
  const own = Object.fromEntries(
    Object.entries(queue.variables).map(([name, variable]) => [name, variable.default]),
  );
  const values: Record<string, string | number | undefined> = { ...own, ...valuesIn(start, queue) };
  const filled = (text: string): string =>
    text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => String(values[name] ?? whole));
  return Object.entries(queue.resourceArgs).map(([label, value]) => ({
    label,
    text: filled(typeof value === 'string' ? value : JSON.stringify(value)),
  }));
}
