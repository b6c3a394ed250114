import { InvalidArgumentError } from 'commander';
import { STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import { AppError } from '../../shared/errors.ts';

/** What `run logs` was asked for. */
export interface LogOptions {
  follow?: true;
  build?: true;
  stream?: number;
  grep?: string;
  ignoreCase?: true;
  fixedStrings?: true;
  context?: number;
  since?: number;
  until?: number;
  timestamps?: true;
  tail?: number;
  raw?: true;
  save?: string;
}

/** Whether the log is printed line by line: else it is copied byte for byte. */
export const byLine = (options: LogOptions): boolean =>
  options.grep !== undefined ||
  options.since !== undefined ||
  options.until !== undefined ||
  options.tail !== undefined ||
  options.timestamps === true;

const NAMES = {
  follow: '--follow',
  build: '--build',
  grep: '--grep',
  ignoreCase: '--ignore-case',
  fixedStrings: '--fixed-strings',
  context: '--context',
  since: '--since',
  until: '--until',
  timestamps: '--timestamps',
  tail: '--tail',
  raw: '--raw',
  save: '--save',
} satisfies Partial<Record<keyof LogOptions, string>>;

type Named = keyof typeof NAMES;

/** What means nothing beside an option. */
const APART: readonly [Named, readonly Named[]][] = [
  ['save', ['follow', 'grep', 'since', 'until', 'timestamps', 'tail', 'raw']],
  ['follow', ['build', 'until']],
];

/** Refuses options that would be left out of account. @throws AppError `E_ARGS` */
export function checkTogether(options: LogOptions): void {
  const has = (name: Named): boolean => options[name] !== undefined;
  for (const [name, others] of APART) {
    const other = has(name) && others.find(has);
    if (other) throw refused(`${NAMES[name]} and ${NAMES[other]} do not go together.`);
  }
  const alone = (['ignoreCase', 'fixedStrings', 'context'] as const).find(has);
  if (alone && !has('grep')) throw refused(`${NAMES[alone]} is for --grep, which is not given.`);
}

const refused = (message: string): AppError =>
  new AppError('E_ARGS', message, { next: 'See `slipway run logs --help`.' });

export function streamOption(text: string): number {
  if (text === 'out' || text === 'stdout') return STDOUT;
  if (text === 'err' || text === 'stderr') return STDERR;
  throw new InvalidArgumentError('It is out or err.');
}

export function countOption(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(count)) return count;
  throw new InvalidArgumentError('It has to be a whole number.');
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `5m` ago, a date with or without its time, or `14:30` today, in ms since 1970. */
export function timeOption(text: string, now: number = Date.now()): number {
  const ago = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text);
  if (ago) return now - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0);
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  const time = clock
    ? new Date(now).setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0)
    : Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  if ((clock || /^\d{4}-/.test(text)) && !Number.isNaN(time)) return time;
  throw new InvalidArgumentError('It is a time such as 5m, 14:30 or "2026-11-21 14:30".');
}
