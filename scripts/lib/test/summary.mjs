/** What is printed when all stages are through. */
import { seconds } from '../progress.mjs';
import { add, noCounts } from './counts.mjs';

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {'passed' | 'failed' | 'not run'} result
 * @property {number} ms
 * @property {import('./counts.mjs').Counts} [counts]
 * @property {string} [reason] why it was not run, or what broke it
 */

/**
 * The table of stages and everything that was left out.
 * @param {Outcome[]} outcomes
 * @param {string[]} missing what the machine could not offer
 */
export function tableOf(outcomes, missing) {
  const rows = outcomes.map((outcome) => [
    outcome.name,
    outcome.result,
    outcome.result === 'not run' ? '' : seconds(outcome.ms),
    outcome.counts ? countsText(outcome.counts) : '',
  ]);
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i].length)));
  const lines = rows.map(([name, result, time, counts]) =>
    `  ${name.padEnd(widths[0])}  ${result.padEnd(widths[1])}  ${time.padStart(widths[2])}  ${counts}`.trimEnd(),
  );
  const reasons = outcomes
    .filter((outcome) => outcome.reason)
    .map(({ name, result, reason }) => `  ${name} ${result}: ${reason}`);
  return ['', ...lines, '', ...reasons, ...missing.map((text) => `  missing: ${text}`)].join('\n');
}

/** Tests of all runners together; a stage that could not run counts as one that was skipped. */
export function totalOf(outcomes) {
  return outcomes
    .map(({ counts, result }) => counts ?? { ...noCounts, skipped: result === 'not run' ? 1 : 0 })
    .reduce(add, noCounts);
}

/** "3 passed, 1 failed", and what was skipped if anything was. */
export function countsText({ passed, failed, skipped }) {
  const text = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${text}, ${skipped} skipped` : text;
}
