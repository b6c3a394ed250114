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
  const notes = [
    ...outcomes
      .filter(({ reason }) => reason)
      .map(({ name, result, reason }) => `${name} ${result}: ${reason}`),
    ...missing.map((text) => `missing: ${text}`),
    ...outcomes.flatMap(({ counts }) => counts?.skipped ?? []).map((name) => `skipped: ${name}`),
    ...outcomes
      .flatMap(({ counts }) => counts?.repeated ?? [])
      .map((name) => `passed only when repeated: ${name}`),
  ];
  return [
    '',
    ...lines,
    ...(notes.length > 0 ? [''] : []),
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}

/**
 * Tests of all runners together. A stage without tests adds nothing when it passes and one failure
 * when it fails; a stage that could not run counts as one that was skipped.
 */
export function totalOf(outcomes) {
  return outcomes
    .map((outcome) => outcome.counts ?? countsWithoutTests(outcome))
    .reduce(add, noCounts);
}

function countsWithoutTests({ name, result }) {
  if (result === 'failed') return { ...noCounts, failed: 1 };
  return result === 'not run' ? { ...noCounts, skipped: [name] } : noCounts;
}

/** "3 passed, 1 failed", and what was skipped if anything was. */
export function countsText({ passed, failed, skipped }) {
  const text = `${passed} passed, ${failed} failed`;
  return skipped.length > 0 ? `${text}, ${skipped.length} skipped` : text;
}
