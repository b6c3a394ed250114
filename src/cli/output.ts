import { toErrorData } from '../shared/errors.ts';
import type { RunState } from '../shared/domain/run.ts';
import { inTerminal } from './next-step.ts';

/** The same marks as in the window, as symbols. */
export const STATE_MARKS: Record<RunState, string> = {
  queued: '○',
  preparing: '◌',
  building: '◌',
  starting: '◌',
  running: '●',
  stopping: '◐',
  finished: '✓',
  failed: '✗',
  stopped: '■',
  crashed: 'ϟ',
};

/** The one JSON document of a command, on stdout. Numbers that JSON lacks are words: "NaN", "Infinity". */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, finite, 2)}\n`);
}

/** One of the documents of a command that goes on, on a line of its own. */
export function printJsonLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, finite)}\n`);
}

const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** A line for the person, on stderr: stdout is for results. */
export function say(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** Lines of a result, on stdout. */
export function printLine(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

export function printError(error: unknown, json: boolean): void {
  const data = inTerminal(toErrorData(error));
  if (data.code === 'E_CANCELLED' && !json) return say('interrupted');
  if (json) printJson({ error: data });
  say(`error: ${data.message}`);
  if (data.next) say(`  next: ${data.next}`);
  if (data.detail) say(indent(data.detail));
}

/** Columns of text with two spaces between, as wide as their widest cell. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.map((row) => [...(row[i] ?? '')].length)),
  );
  for (const row of rows) {
    const cells = row.map((cell, i) => cell + ' '.repeat(widths[i]! - [...cell].length));
    process.stdout.write(`${printable(cells.join('  ').trimEnd())}\n`);
  }
}

/** `key: value` lines. */
export function printFields(fields: readonly (readonly [string, string])[]): void {
  const width = Math.max(...fields.map(([key]) => key.length));
  for (const [key, value] of fields) {
    process.stdout.write(`${printable(`${`${key}:`.padEnd(width + 2)}${value}`)}\n`);
  }
}

export const indent = (text: string): string => text.replaceAll(/^/gm, '    ');

/**
 * Text from outside must not steer the terminal: control characters, and those that turn the direction of
 * what follows, are shown, not sent.
 */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the characters to find
  const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
  return text.replaceAll(steering, (c) => {
    const code = c.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
  });
}

/** `2026-11-21 23:54:07`, in the time zone of the machine. */
export function dateTime(ms: number): string {
  const offset = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offset).toISOString().slice(0, 19).replace('T', ' ');
}
