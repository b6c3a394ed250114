import { posix } from 'node:path';
import {
  RETRIES,
  RETRY_WAIT,
  type Retry,
  type RunSettings,
} from '../../shared/domain/launch-spec.ts';
import { hasMacro } from '../delivery/macros.ts';
import { AppError } from '../../shared/errors.ts';
import { parsePattern } from '../live/parse-pattern.ts';
import type { Findings } from '../delivery/findings.ts';

/** The least that Docker takes. */
const LEAST_MEMORY = 6 * 2 ** 20;
const LEAST_SHM = 64 * 1024;
/** More of them is a mistake, and none of them is worth the room in a row. */
const LIST_LIMIT = 100;
const LABEL_NAME_LIMIT = 128;
const LABEL_VALUE_LIMIT = 4096;
/** The longest time limit, a year in seconds. */
const LONGEST = 366 * 86_400;

/** Checks what can be told of run settings without asking the machine; mounts are checked elsewhere. */
export function checkSettings(settings: RunSettings, findings: Findings): void {
  checkNumbers(settings, findings);
  checkUser(settings.user, findings);
  checkLabels(settings.labels, findings);
  checkOutputs(settings.outputs, findings);
  checkLists(settings, findings);
  checkPatterns(settings.metricPatterns, findings);
  if (settings.retry !== null) checkRetry(settings.retry, findings);
}

function checkRetry({ on, times, waitSeconds }: Retry, findings: Findings): void {
  const refuse = (key: string, message: string, next: string): void =>
    findings.problem('E_RESOURCES', `settings.retry.${key}`, message, next);
  if (on.length === 0) {
    const next = 'Name "failed", "crashed" or both, or leave the rule away.';
    refuse('on', 'The retry rule names no end to try again after.', next);
  }
  if (!whole(1)(times) || times > RETRIES) {
    refuse('times', `The number of further tries cannot be ${times}.`, `Give 1 to ${RETRIES}.`);
  }
  if (!(waitSeconds >= 0 && waitSeconds <= RETRY_WAIT)) {
    const message = `The wait before a further try cannot be ${waitSeconds} s.`;
    refuse('waitSeconds', message, 'Give at most a day.');
  }
}

interface NumberRule {
  key: 'cpus' | 'memoryBytes' | 'shmBytes' | 'pids' | 'timeLimitSeconds';
  label: string;
  fits: (value: number) => boolean;
  want: string;
}

const whole = (least: number) => (value: number) => Number.isSafeInteger(value) && value >= least;

const NUMBERS: readonly NumberRule[] = [
  {
    key: 'cpus',
    label: 'The number of processors',
    fits: (value) => value > 0 && value <= 1e6,
    want: 'more than 0, such as 2 or 0.5',
  },
  {
    key: 'memoryBytes',
    label: 'The memory',
    fits: whole(LEAST_MEMORY),
    want: 'a whole number of bytes, 6 MiB or more',
  },
  {
    key: 'shmBytes',
    label: 'The shared memory',
    fits: whole(LEAST_SHM),
    want: 'a whole number of bytes, 64 KiB or more',
  },
  {
    key: 'pids',
    label: 'The number of processes',
    fits: whole(1),
    want: 'a whole number, 1 or more',
  },
  {
    key: 'timeLimitSeconds',
    label: 'The time limit',
    fits: (value) => value > 0 && value <= LONGEST,
    want: 'more than 0 seconds and at most a year',
  },
];

function checkNumbers(settings: RunSettings, findings: Findings): void {
  for (const { key, label, fits, want } of NUMBERS) {
    const value = settings[key];
    if (value === null || (Number.isFinite(value) && fits(value))) continue;
    findings.problem(
      'E_RESOURCES',
      `settings.${key}`,
      `${label} cannot be ${value}.`,
      `Give ${want}.`,
    );
  }
  const { gpus } = settings;
  if (gpus === null || gpus === 'all' || whole(1)(gpus)) return;
  findings.problem(
    'E_RESOURCES',
    'settings.gpus',
    `The number of GPUs cannot be ${gpus}.`,
    'Give 1 or more, "all", or nothing for a run without.',
  );
}

const USER = /^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?(?::[A-Za-z0-9_][A-Za-z0-9_.-]*\$?)?$/;
function checkUser(user: string | null, findings: Findings): void {
  if (user === null || hasMacro(user) || (USER.test(user) && user.length <= 256)) return;
  findings.problem(
    'E_RESOURCES',
    'settings.user',
    `${JSON.stringify(user)} is no user.`,
    'Give a number or a name, with a group if need be: 1000, 1000:1000 or app.',
  );
}

const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?$/;

function checkLabels(labels: RunSettings['labels'], findings: Findings): void {
  for (const [name, value] of Object.entries(labels)) {
    const wrong = labelFault(name, value);
    if (wrong !== null)
      findings.problem(
        'E_RESOURCES',
        `settings.labels.${name}`,
        `The label ${JSON.stringify(name)} ${wrong}.`,
        'Write labels as in team=vision.',
      );
  }
}

function labelFault(name: string, value: string): string | null {
  if (!LABEL.test(name))
    return 'may hold letters, digits, dots, dashes, slashes and underscores alone';
  if (name.length > LABEL_NAME_LIMIT) return `is longer than ${LABEL_NAME_LIMIT} characters`;
  if (name.startsWith('dev.slipway.'))
    return 'is one of those that Slipway finds its containers by';
  if (value.includes('\0') || !value.isWellFormed()) return 'holds what is no text';
  return value.length > LABEL_VALUE_LIMIT
    ? `has a value of more than ${LABEL_VALUE_LIMIT} characters`
    : null;
}

function checkOutputs(outputs: readonly string[], findings: Findings): void {
  outputs.forEach((path, index) => {
    const wrong = outputFault(path);
    if (wrong !== null)
      findings.problem(
        'E_RESOURCES',
        `settings.outputs.${index}`,
        `The output ${JSON.stringify(path)} ${wrong}.`,
        "Give a path from the code's folder, such as results/, or an absolute one of the container.",
      );
  });
}

function outputFault(path: string): string | null {
  const plain = posix.normalize(path);
  if (path.trim() === '' || path.length > 4096) return 'is no path';
  // oxlint-disable-next-line no-control-regex -- what no path of a person holds
  if (/[\x00-\x1f]/.test(path) || !path.isWellFormed()) return 'is no path';
  if (plain === '/') return 'is the whole container';
  return path.split('/').includes('..') ? "leads out of the code's folder" : null;
}

function checkPatterns(patterns: readonly string[], findings: Findings): void {
  patterns.forEach((pattern, index) => {
    try {
      parsePattern(pattern);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const path = `settings.metricPatterns.${index}`;
      findings.problem(error.code, path, error.message, error.next ?? null);
    }
  });
}

function checkLists(settings: RunSettings, findings: Findings): void {
  const { mounts, outputs, metricPatterns, labels } = settings;
  const lists = { mounts, outputs, metricPatterns, labels: Object.keys(labels) };
  for (const [key, list] of Object.entries(lists)) {
    if (list.length <= LIST_LIMIT) continue;
    findings.problem(
      'E_RESOURCES',
      `settings.${key}`,
      `There are ${list.length} ${key}; ${LIST_LIMIT} is the most.`,
    );
  }
}
