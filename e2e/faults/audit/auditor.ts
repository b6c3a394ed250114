import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LinesSpec } from '../job/reference.ts';
import {
  checkCodes,
  checkEnds,
  checkInterrupted,
  checkOwners,
  checkStarts,
  checkTraces,
} from './check-runs.ts';
import { seeContainers, type EngineWitness } from './engine-witness.ts';
import { checkContainers, checkFolder } from './leftovers.ts';
import { compareLog, type Extent } from './log-file.ts';
import { checkDatabase, readRows, reasonCode, type RunRow } from './rows.ts';
import { checkSnapshots } from './snapshots.ts';
import type { StateTrace } from './state-trace.ts';

/** What is looked at: the figures of a report count by it. */
export type Check =
  | 'owner'
  | 'start'
  | 'code'
  | 'end'
  | 'orphan'
  | 'leftover'
  | 'log'
  | 'state'
  | 'database'
  | 'snapshot';

/** Something that is wrong, in words. */
export interface Finding {
  check: Check;
  text: string;
}

/** What a run was launched to do, and how it may have ended. */
export interface Expected {
  runId: string;
  /** What it prints; null for one of which nothing is known. */
  prints: LinesSpec | null;
  /** `whole` where nothing happened to the job itself; `told`: or what is missing is said. */
  extent: Extent | 'told';
  /** States and reasons it may have come to, as `failed exit`. */
  ends: readonly string[];
}

export interface Scene {
  dataDir: string;
  /** An engine on which there is nothing but what was asked for here. */
  host: string;
  witness: EngineWitness;
  trace: StateTrace;
  expected: readonly Expected[];
}

const findings = (check: Check, texts: readonly string[]): Finding[] =>
  texts.map((text) => ({ check, text }));

/**
 * Looks at everything that was left behind once no run goes on, with no code of the product.
 * @returns what is wrong; nothing when all is well
 */
export async function audit({
  dataDir,
  host,
  witness,
  trace,
  expected,
}: Scene): Promise<Finding[]> {
  await witness.settle();
  trace.look();
  const containers = await seeContainers(host);
  const rows = readRows(dataDir);
  const { events } = witness;
  return [
    ...findings('owner', checkOwners(containers, rows)),
    ...findings('start', [...checkStarts(events, rows), ...checkInterrupted(events, rows)]),
    ...findings('code', checkCodes(events, rows)),
    ...findings('end', [...checkEnds(rows), ...checkTraces(trace.traces)]),
    ...findings('orphan', checkContainers(containers)),
    ...findings('leftover', checkFolder(dataDir)),
    ...auditExpected(dataDir, expected),
    ...auditStores(dataDir),
  ];
}

/** What is removed a moment after the end of a run is there when one looks too soon. */
const SOON_MS = 10_000;

/** Audits until all is well, or until one that was begun late enough found something: that stays wrong. */
export async function auditSoon(scene: Scene): Promise<Finding[]> {
  const late = performance.now() + SOON_MS;
  for (;;) {
    const begun = performance.now();
    const found = await audit(scene);
    if (found.length === 0 || begun > late) return found;
    await sleep(200);
  }
}

/** What SQLite and the digests say of the files. */
export const auditStores = (dataDir: string): Finding[] => [
  ...['slipway.db', 'snapshots.db', 'metrics.db'].flatMap((name) =>
    findings(
      'database',
      checkDatabase(join(dataDir, name)).map((text) => `${name}: ${text}`),
    ),
  ),
  ...findings('snapshot', checkSnapshots(join(dataDir, 'snapshots.db'))),
];

/** Each run that was launched ended as it may, and its log is what it printed. */
export function auditExpected(dataDir: string, expected: readonly Expected[]): Finding[] {
  const { runs } = readRows(dataDir);
  return expected.flatMap((one): Finding[] => {
    const run = runs.find(({ id }) => id === one.runId);
    if (!run) return [{ check: 'state', text: `run ${one.runId} is not there` }];
    return findingsOf(dataDir, run, one).map(({ check, text }) => ({
      check,
      text: `run ${run.id}: ${text}`,
    }));
  });
}

function findingsOf(dataDir: string, run: RunRow, one: Expected): Finding[] {
  const { prints, extent, ends } = one;
  const end = `${run.state} ${reasonCode(run) ?? ''}`.trim();
  const state = ends.includes(end) ? [] : [`it is "${end}", not "${ends.join('" or "')}"`];
  if (prints === null || run.started_at === null) return findings('state', state);
  const isSealed = run.log_state === 'sealed';
  const log = extent === 'whole' && !isSealed ? [`its log is ${run.log_state}`] : [];
  const told = run.log_state === 'partial' ? 'prefix' : 'whole';
  const bytes = extent === 'told' ? told : extent;
  const wrong = compareLog(join(dataDir, 'logs'), run.id, prints, bytes);
  return [...findings('state', state), ...findings('log', [...log, ...wrong])];
}

/** How a job that nothing happens to ends. */
export const ownEnd = ({ exitCode }: LinesSpec): string =>
  exitCode === 0 ? 'finished exit' : 'failed exit';
