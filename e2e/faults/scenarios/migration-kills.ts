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
const LATEST_MS = 700;

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

/** Opens an old file by the product, and kills it somewhere on the way. Returns what is wrong with the file. */
async function killMigration(file: string, random: Random): Promise<string[]> {
  const from = random.between(1, MIGRATIONS.length);
  writeOld(file, from);
  const child = spawn(process.execPath, [HOST, file], { stdio: 'ignore' });
  await sleep(random.between(0, LATEST_MS));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const version = versionOf(file);
  const isWhole = version === from || version === MIGRATIONS.length;
  const between = isWhole ? [] : [`from version ${from} it is at ${version}`];
  return [...between, ...checkDatabase(file)];
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const count = times(lab, 60, 4);
  const folder = await mkdtemp(join(tmpdir(), 'faults-migration-'));
  try {
    for (let i = 0; i < count && !lab.signal.aborted; i += 1) {
      const found = await killMigration(join(folder, `${i}.db`), new Random(lab.seed + i));
      result.problems.push(...found.map((text) => `kill ${i}: ${text}`));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const ok = result.problems.length === 0;
  const seen = ok ? 'old or new each time' : `${result.problems.length} findings`;
  const how = `kill -9 while databases of older versions are opened, ${count} times`;
  result.faults.push({ id: 'F8', how, seen, ok });
  return result;
}

export const migrationKills: Scenario = {
  name: 'migration-kills',
  about: 'a process that brings an older database up to date is killed',
  run,
};
