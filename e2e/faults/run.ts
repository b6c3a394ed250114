/** Does the chosen scenarios one after the other and tells what was seen. Started by `scripts/faults.mjs`. */
import { writeFileSync } from 'node:fs';
import { readOptions } from './options.ts';
import { isGood, reportText, type Report } from './report/report.ts';
import { keep } from './report/kept.ts';
import type { ScenarioResult } from './report/result.ts';
import { writeDocs } from './report/write-docs.ts';
import { SCENARIOS } from './scenarios/all.ts';
import type { Lab, Scenario } from './scenarios/scenario.ts';
import { singleFaults } from './scenarios/single-faults.ts';

const { chosen, faults, quick, seed, json, whole } = readOptions(process.argv.slice(2));
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => interruption.abort());

const report: Report = { quick, whole, seed, figures: [], faults: [], problems: [], notDone: [] };
for (const scenario of chosen) await perform(scenario);
process.stdout.write(`\n${reportText(report)}\n`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
process.exit(interruption.signal.aborted ? 130 : isGood(report) ? 0 : 1);

/** A scenario that fails as a whole is told, and does not keep the others from being done. */
async function perform(scenario: Scenario): Promise<void> {
  const lacking = lackingFor(scenario);
  if (lacking !== null) return void report.notDone.push(`${scenario.name}: ${lacking}`);
  const started = performance.now();
  say(`${scenario.name}: ${scenario.about} ...`);
  const lab: Lab = {
    ...{ seed, quick, faults, signal: interruption.signal },
    say: (text) => say(`  ${scenario.name}: ${text}`),
  };
  try {
    const result = await scenario.run(lab);
    const isAll = !quick && (faults === null || scenario.name !== singleFaults.name);
    if (isAll && !interruption.signal.aborted) remember(scenario, result, started);
    report.figures.push(...result.figures);
    report.faults.push(...result.faults);
    report.problems.push(...result.problems.map((text) => `${scenario.name}: ${text}`));
  } catch (error) {
    report.problems.push(`${scenario.name}: ${(error as Error).stack ?? String(error)}`);
  }
  say(`${scenario.name}: done in ${Math.round((performance.now() - started) / 1000)} s`);
}

/** The figures can be taken in several goes: the last one of each counts. */
function remember({ name }: Scenario, result: ScenarioResult, started: number): void {
  const seconds = Math.round((performance.now() - started) / 1000);
  const date = new Date().toISOString().slice(0, 10);
  keep({ scenario: name, date, seconds, seed, ...result });
  writeDocs(SCENARIOS.map((one) => one.name));
}

function lackingFor({ needs }: Scenario): string | null {
  if (interruption.signal.aborted) return 'interrupted';
  if (needs !== 'display') return null;
  if (!process.env['SLIPWAY_TEST_ELECTRON']) return 'no Electron';
  return process.env['DISPLAY'] ? null : 'no screen';
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
