import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startEngine } from '../bench/engine.ts';
import { noResult, type ScenarioResult } from '../report/result.ts';
import { times, type Lab, type Scenario } from './scenario.ts';

const HOST = fileURLToPath(new URL('../bench/answer-host.ts', import.meta.url));
/** Promised: no call takes longer when an answer is spoiled. */
const HANG_MS = 10_000;
/** The deadline of a call is that long, and is told a moment after it. */
const MARGIN_MS = 1500;

interface Call {
  seed: number;
  call: string;
  /** Missing in the line that tells that it begins. */
  spoiled?: string;
  end?: string;
  ms?: number;
}

/** Asks with the seeds from `first` on. Returns where it came to: a crash is not the end of it. */
async function askUntilCrash(
  host: string,
  first: number,
  behind: number,
  take: (call: Call) => void,
): Promise<{ next: number; crash: string | null }> {
  const words = [HOST, host, String(first), String(behind)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let last: Call | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    last = JSON.parse(line) as Call;
    if (last.end !== undefined) take(last);
  }
  const code = await ended;
  if (code === 0) return { next: behind, crash: null };
  const what = code === 70 ? 'no answer' : `exit code ${code}: ${errors.slice(-600)}`;
  const crash = last === null ? what : `seed ${last.seed} (${last.call}): ${what}`;
  return { next: (last?.seed ?? behind) + 1, crash };
}

interface Tally {
  calls: Call[];
  crashes: string[];
}

/** Spoils so many answers of an engine, whatever comes of it. */
export async function askAll(host: string, lab: Lab, count: number): Promise<Tally> {
  const tally: Tally = { calls: [], crashes: [] };
  const behind = lab.seed + count;
  for (let next = lab.seed; next < behind && !lab.signal.aborted;) {
    const take = (call: Call): void => {
      tally.calls.push(call);
      if (tally.calls.length % 100 === 0) lab.say(`${tally.calls.length} answers spoiled`);
    };
    const reached = await askUntilCrash(host, next, behind, take);
    next = reached.next;
    if (reached.crash !== null) tally.crashes.push(reached.crash);
  }
  return tally;
}

async function run(lab: Lab): Promise<ScenarioResult> {
  const count = times(lab, 2000, 60);
  const engine = await startEngine();
  try {
    return resultOf(await askAll(engine.host, lab, count), count);
  } finally {
    await engine.dispose();
  }
}

const textOf = ({ seed, call, spoiled, end, ms }: Call): string =>
  `seed ${seed}: ${call}, ${spoiled}: ${end} after ${ms} ms`;

function resultOf({ calls, crashes }: Tally, count: number): ScenarioResult {
  const result = noResult();
  const hangs = calls.filter(({ ms }) => (ms ?? 0) > HANG_MS + MARGIN_MS);
  const raw = calls.filter(({ end }) => end?.startsWith('raw') === true);
  const spoiled = calls.filter((call) => call.spoiled !== 'nothing').length;
  const refused = calls.filter(({ end }) => end?.startsWith('E_') === true).length;
  const ok = hangs.length + raw.length + crashes.length === 0 && calls.length === count;
  const seen = `${crashes.length} crashes, ${hangs.length} hangs, ${raw.length} raw errors; ${spoiled} answers spoiled, ${refused} refused by a code`;
  result.figures.push({
    ...{
      name: `mutations of engine answers, ${count} of them`,
      goal: '0 crashes, 0 hangs over 10 s',
    },
    ...{ seen, ok },
  });
  result.faults.push({
    id: 'F24',
    how: `${count} seeded mutations of status, head, body and bytes`,
    seen,
    ok,
  });
  result.problems.push(...crashes, ...[...hangs, ...raw].map(textOf));
  return result;
}

export const engineAnswers: Scenario = {
  name: 'engine-answers',
  about: 'the answers of the engine are spoiled',
  run,
};
