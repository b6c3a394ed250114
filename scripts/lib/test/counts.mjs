/** How many tests passed, failed and were skipped, from the runners' own reports. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped the names of the skipped tests
 * @property {string[]} repeated those that passed only when they were repeated
 */

/** @type {Counts} */
export const noCounts = { passed: 0, failed: 0, skipped: [], repeated: [] };

/** @returns {Counts} */
export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: [...a.skipped, ...b.skipped],
    repeated: [...a.repeated, ...b.repeated],
  };
}

/**
 * Reads a report. A runner that fails without a failed test, or leaves no report, counts as one failure.
 * @param {string} file
 * @param {(report: object) => Counts} read
 * @param {number} status the runner's exit status
 */
export function countsFrom(file, read, status) {
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : noCounts;
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Vitest. A file that could not even be loaded holds no tests and counts as one failure. */
export function vitestCounts(report) {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    skipped: skipped.map(({ fullName }) => fullName),
    repeated: [],
  };
}

/** Playwright. A test that passed only when repeated has passed, and is named. */
export function playwrightCounts({ stats, suites }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: suites.flatMap((suite) => testsThat('skipped', suite)),
    repeated: suites.flatMap((suite) => testsThat('flaky', suite)),
  };
}

function testsThat(status, suite) {
  const own = (suite.specs ?? [])
    .filter((spec) => spec.tests.some((test) => test.status === status))
    .map((spec) => `${suite.title} ${spec.title}`);
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsThat(status, inner))];
}
