import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ScenarioResult } from './result.ts';

/** What came of the last time that a scenario was done with its full count. */
export interface KeptResult extends ScenarioResult {
  scenario: string;
  /** As `2026-11-22`. */
  date: string;
  seconds: number;
  seed: number;
}

const FILE = fileURLToPath(new URL('../../../docs/faults.json', import.meta.url));

export const readKept = (): KeptResult[] =>
  existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as KeptResult[]) : [];

/** Puts a result in the place of the one before of its scenario. */
export function keep(result: KeptResult): void {
  const others = readKept().filter(({ scenario }) => scenario !== result.scenario);
  const all = [...others, result].toSorted((a, b) => a.scenario.localeCompare(b.scenario));
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}
