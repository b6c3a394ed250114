import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { checkDatabase } from '../audit/rows.ts';
import { Random } from '../random.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { times, type Lab, type Scenario } from './scenario.ts';

const HOST = fileURLToPath(new URL('../bench/writer-host.ts', import.meta.url));
const START_MS = 30_000;

/** Lets a writer begin, kills it after a while. Returns the newest commit that it told. */
async function killWriter(file: string, ms: number): Promise<number> {
  const child = spawn(process.execPath, [HOST, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  let errors = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => (told += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const closed = once(child, 'close');
  const begun = once(child.stdout, 'data', { signal: AbortSignal.timeout(START_MS) });
  await Promise.race([begun, closed]);
  await sleep(ms);
  child.kill('SIGKILL');
  const [, signal] = (await closed) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${errors.slice(-500)}`);
  // A number without its line end was cut.
  return Number(told.split('\n').at(-2) ?? 0);
}

/** The number that is in the file now, read by somebody else. */
function storedIn(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    const row = db
      .prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'faults'")
      .get();
    return Number(row?.value ?? 0);
  } finally {
    db.close();
  }
}

/** @returns what is wrong after so many kills; nothing when every commit that was told is there */
export async function killWriters(
  lab: Lab,
  count: number,
): Promise<{ problems: string[]; commits: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-writer-'));
  const file = join(folder, 'slipway.db');
  const random = new Random(lab.seed);
  const problems: string[] = [];
  let told = 0;
  try {
    for (let kill = 0; kill < count && !lab.signal.aborted; kill += 1) {
      told = Math.max(told, await killWriter(file, random.between(0, 60)));
      const stored = storedIn(file);
      if (stored < told) problems.push(`kill ${kill}: commit ${told} was told, ${stored} is there`);
      problems.push(...checkDatabase(file).map((text) => `kill ${kill}: ${text}`));
      if (kill % 100 === 99) lab.say(`${kill + 1} kills, ${told} commits`);
    }
  } catch (error) {
    problems.push((error as Error).message);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { problems, commits: told };
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const result = noResult();
  const count = times(lab, 1000, 20);
  const { problems, commits } = await killWriters(lab, count);
  const ok = problems.length === 0 && commits >= count;
  const seen = ok
    ? `0 of ${commits} commits lost, integrity ok each time`
    : `${problems.length} problems, ${commits} commits`;
  const name = `kill -9 of the database writer, ${count} times`;
  result.figures.push({ name, goal: '0 lost commits', seen, ok });
  result.problems.push(...problems);
  return result;
}

export const writerKills: Scenario = {
  name: 'writer-kills',
  about: 'a process that writes to the database is killed',
  run,
};
