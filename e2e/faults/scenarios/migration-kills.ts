import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { MIGRATIONS } from '../../../src/core/db/migrations.ts';
import { checkDatabase } from '../audit/rows.ts';
import { Random } from '../random.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { times, type Lab, type Scenario } from './scenario.ts';

const HOST = fileURLToPath(new URL('../bench/writer-host.ts', import.meta.url));
const APPLICATION_ID = 0x534c4950;
/** Of the time that it takes until the file is open: before that only the program starts. */
const [EARLIEST, LATEST] = [0.5, 1.05];

/** A database as an older Slipway left it. */
function writeOld(file: string, version: number): void {
  const db = new Database(file);
  for (const sql of MIGRATIONS.slice(0, version)) db.exec(sql);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${version}`);
  db.close();
}

function versionOf(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    return db.pragma('user_version', { simple: true }) as number;
  } finally {
    db.close();
  }
}

/** How long a process of its own takes, in ms, until it has brought an old file up to date. */
async function timeToOpen(file: string): Promise<number> {
  writeOld(file, 1);
  const started = performance.now();
  const child = spawn(process.execPath, [HOST, file], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return performance.now() - started;
}

interface Killed {
  /** Where the file was left. */
  at: 'old' | 'new';
  /** What is wrong with it. */
  problems: string[];
}

/** Opens an old file by the product, which takes about so many ms, and kills it somewhere on the way. */
async function killMigration(file: string, ms: number, random: Random): Promise<Killed> {
  const from = random.between(1, MIGRATIONS.length);
  writeOld(file, from);
  const child = spawn(process.execPath, [HOST, file], { stdio: 'ignore' });
  await sleep(random.between(ms * EARLIEST, ms * LATEST));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const version = versionOf(file);
  const isWhole = version === from || version === MIGRATIONS.length;
  const between = isWhole ? [] : [`from version ${from} it is at ${version}`];
  const at = version === from ? 'old' : 'new';
  return { at, problems: [...between, ...checkDatabase(file)] };
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const count = times(lab, 60, 4);
  const left = { old: 0, new: 0 };
  const folder = await mkdtemp(join(tmpdir(), 'faults-migration-'));
  try {
    const ms = await timeToOpen(join(folder, 'first.db'));
    for (let i = 0; i < count && !lab.signal.aborted; i += 1) {
      const one = await killMigration(join(folder, `${i}.db`), ms, new Random(lab.seed + i));
      left[one.at] += 1;
      result.problems.push(...one.problems.map((text) => `kill ${i}: ${text}`));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const ok = result.problems.length === 0;
  const seen = `${left.old} old, ${left.new} new, ${result.problems.length} findings`;
  const how = `kill -9 while databases of older versions are opened, ${count} times`;
  result.faults.push({ id: 'F8', how, seen, ok });
  return result;
}

export const migrationKills: Scenario = {
  name: 'migration-kills',
  about: 'a process that brings an older database up to date is killed',
  run,
};
