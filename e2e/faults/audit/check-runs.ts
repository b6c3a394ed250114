import { reasonCode, TERMINAL, type EventRow, type Rows, type RunRow } from './rows.ts';
import type { SeenContainer, SeenEvent } from './engine-witness.ts';

/** Every container of ours belongs to exactly one attempt, and no attempt has two. */
export function checkOwners(containers: readonly SeenContainer[], { attempts }: Rows): string[] {
  const known = new Set(attempts.map(({ id }) => id));
  const owned = new Map<string, string>();
  const problems: string[] = [];
  for (const { id, attempt } of containers) {
    if (attempt === null) problems.push(`container ${id.slice(0, 12)} names no attempt`);
    else if (!known.has(attempt)) {
      problems.push(
        `container ${id.slice(0, 12)} belongs to no attempt that there is (${attempt})`,
      );
    } else if (owned.has(attempt)) problems.push(`attempt ${attempt} has two containers`);
    if (attempt !== null) owned.set(attempt, id);
  }
  return problems;
}

/** No attempt, and no run, was started more than once, in one container or in several. */
export function checkStarts(events: readonly SeenEvent[], { attempts }: Rows): string[] {
  const runOf = new Map(attempts.map(({ id, run_id }) => [id, run_id]));
  const starts = new Map<string, number>();
  const count = (key: string): void => void starts.set(key, (starts.get(key) ?? 0) + 1);
  for (const { action, attempt } of events) {
    if (action !== 'start' || attempt === null) continue;
    count(`attempt ${attempt}`);
    count(`run ${runOf.get(attempt) ?? 'unknown'}`);
  }
  return [...starts]
    .filter(([, times]) => times > 1)
    .map(([what, times]) => `${what} was started ${times} times`);
}

/** The exit code of a run is the one that the engine told when its container died. */
export function checkCodes(events: readonly SeenEvent[], { runs, attempts }: Rows): string[] {
  const problems: string[] = [];
  for (const run of runs) {
    const own = new Set(attempts.filter(({ run_id }) => run_id === run.id).map(({ id }) => id));
    const died = events.findLast(
      ({ action, attempt }) => action === 'die' && attempt !== null && own.has(attempt),
    );
    if (!died || run.ended_at === null) continue;
    const problem = codeProblem(run, died.exitCode);
    if (problem) problems.push(`run ${run.id}: ${problem}`);
  }
  return problems;
}

/** What Slipway stopped or lost has no exit code of its own, or the engine's. */
function codeProblem({ state, exit_code: code }: RunRow, engine: number | null): string | null {
  const said = `it is ${state} with exit code ${code}, the engine said ${engine}`;
  if (state === 'stopped' || state === 'crashed') {
    return code === null || code === engine ? null : said;
  }
  if (code !== engine) return said;
  return (state === 'finished') === (engine === 0) ? null : said;
}

/** Each run that ended did so once: its last state is its only terminal one, and it has no executor before. */
export function checkEnds({ runs, events }: Rows): string[] {
  const problems: string[] = [];
  for (const run of runs) {
    const trace = events.filter(({ run_id, state }) => run_id === run.id && state !== null);
    problems.push(...endProblems(run, trace).map((text) => `run ${run.id}: ${text}`));
  }
  return problems;
}

function endProblems(run: RunRow, trace: readonly EventRow[]): string[] {
  const isEnded = TERMINAL.includes(run.state);
  const ends = trace.filter(({ state }) => TERMINAL.includes(state!));
  const problems: string[] = [];
  if (isEnded !== (run.ended_at !== null))
    problems.push(`${run.state}, but its end is ${run.ended_at}`);
  if (!isEnded && ends.length > 0) problems.push(`it ended and is ${run.state} again`);
  if (isEnded && ends.length !== 1) problems.push(`it ended ${ends.length} times`);
  if (isEnded && trace.at(-1)?.state !== run.state) {
    problems.push(`it is ${run.state}, its last event says ${trace.at(-1)?.state}`);
  }
  return problems;
}

/** Whoever looked while it ran saw it end once, and never change after that. */
export function checkTraces(traces: ReadonlyMap<string, readonly string[]>): string[] {
  const problems: string[] = [];
  for (const [run, states] of traces) {
    const end = states.findIndex((state) => TERMINAL.includes(state.split(' ')[0]!));
    if (end >= 0 && end < states.length - 1) {
      problems.push(`run ${run} changed after its end: ${states.join(' -> ')}`);
    }
  }
  return problems;
}

/** What is said to have ended before it started was never started. */
export function checkInterrupted(events: readonly SeenEvent[], { runs, attempts }: Rows): string[] {
  const started = new Set(
    events.filter(({ action }) => action === 'start').map(({ attempt }) => attempt),
  );
  return runs
    .filter((run) => reasonCode(run) === 'interrupted')
    .filter(({ id }) => attempts.some((one) => one.run_id === id && started.has(one.id)))
    .map(({ id }) => `run ${id} had started, and is said to have ended before`);
}
