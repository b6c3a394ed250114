/** The figures: what a measurement gives, the table at the end, and the file. */
import { writeFileSync } from 'node:fs';
import { median, pairRatio } from './rounds.mjs';

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {number} ours in ms
 * @property {number | null} rival in ms
 * @property {string} against what the rival is
 * @property {number | null} ratio
 * @property {{ most: number, of: 'ratio' | 'ms' } | null} goal nothing for a figure that only informs
 * @property {string} note
 * @property {'bytes'} [unit] of ours and rival where it is not ms
 * @property {Record<string, number[]>} samples in ms
 */

/**
 * Ours against a rival measured in the same rounds; the goal is about the ratio.
 * @returns {Result}
 */
export function ratioResult(name, { ours, rival, against, atMost = null, note = '' }) {
  return {
    name,
    ours: median(ours),
    rival: median(rival),
    against,
    ratio: pairRatio(ours, rival),
    goal: atMost === null ? null : { most: atMost, of: 'ratio' },
    note,
    samples: { ours, rival },
  };
}

/**
 * A figure whose goal is a time.
 * @returns {Result}
 */
export function timeResult(name, { ours, atMost = null, rival = null, against = '', note = '' }) {
  const goal = atMost === null ? null : { most: atMost, of: 'ms' };
  const ratio = rival === null ? null : ours / rival;
  return { name, ours, rival, against, ratio, goal, note, samples: {} };
}

/**
 * Memory of ours against that of a rival, in bytes.
 * @returns {Result}
 */
export function memoryResult(name, { ours, rival, against, atMost, note = '' }) {
  const goal = { most: atMost, of: 'ratio' };
  const ratio = ours / rival;
  return { name, ours, rival, against, ratio, goal, note, samples: {}, unit: 'bytes' };
}

/** Whether a result keeps its goal; nothing when it has none. */
function isKept({ goal, ratio, ours }) {
  if (!goal) return undefined;
  return (goal.of === 'ratio' ? ratio : ours) <= goal.most;
}

const columns = [
  ['', ({ part, name }) => `${part}: ${name}`],
  ['ours', ({ ours, unit }) => amount(ours, unit)],
  ['rival', ({ rival, unit }) => (rival === null ? '' : amount(rival, unit))],
  ['ratio', ({ ratio }) => (ratio === null ? '' : `${ratio.toFixed(2)}x`)],
  ['goal', ({ goal }) => goalText(goal)],
  ['', (result) => ({ true: 'ok', false: 'OVER', undefined: '' })[isKept(result)]],
  ['against', ({ against, note }) => [against, note].filter(Boolean).join('; ')],
];

/** @param {(Result & { part: string })[]} results */
export function tableOf(results) {
  const rows = [columns.map(([title]) => title), ...results.map(rowOf)];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  const isNumber = (at) => at >= 1 && at <= 3;
  return rows
    .map((row) => row.map((cell, at) => padded(cell, widths[at], isNumber(at))).join('  '))
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

const rowOf = (result) => columns.map(([, text]) => text(result));
const padded = (cell, width, right) => (right ? cell.padStart(width) : cell.padEnd(width));

function goalText(goal) {
  if (!goal) return '';
  return goal.of === 'ratio' ? `<= ${goal.most.toFixed(2)}x` : `<= ${Math.round(goal.most)} ms`;
}

const amount = (value, unit) =>
  unit === 'bytes' ? `${Math.round(value / 1e6)} MB` : milliseconds(value);

function milliseconds(ms) {
  if (ms < 10) return `${ms.toFixed(2)} ms`;
  return ms < 100 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** Keeps the figures with every sample, for comparing runs. */
export function writeJson(file, machine, results) {
  const all = results.map((result) => ({ ...result, kept: isKept(result) ?? null }));
  writeFileSync(file, `${JSON.stringify({ machine, results: all }, null, 2)}\n`);
}
