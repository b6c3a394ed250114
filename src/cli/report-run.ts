import type { BuildStep, Run } from '../shared/domain/run.ts';
import { formatDuration } from '../shared/format.ts';
import type { Core } from '../core/create-core.ts';
import { indent, say, STATE_MARKS } from './output.ts';

/** Tells the states and build steps of a run on stderr as they come. Returns the unsubscribe. */
export function reportProgress(core: Core, runId: string): () => void {
  // What is told before says that it waits.
  let lastState = 'queued';
  let lastReachable = true;
  const told = new Set<string>();
  return core.feed.on((changes) => {
    for (const step of changes.steps) {
      if (step.runId === runId) reportStep(step, told);
    }
    const run = changes.runs.find((changed) => changed.id === runId);
    if (!run || run.endedAt !== null) return;
    if (run.engineReachable !== lastReachable) {
      lastReachable = run.engineReachable;
      say(
        lastReachable ? 'the engine answers again' : 'the engine does not answer; waiting for it',
      );
    }
    if (run.state === lastState) return;
    lastState = run.state;
    say(`${STATE_MARKS[run.state]} ${run.state}${environmentNote(run)}`);
  });
}

function reportStep(step: BuildStep, told: Set<string>): void {
  const key = `${step.index} ${step.state}`;
  if (told.has(key)) return;
  told.add(key);
  const took = step.endedAt === null ? '' : ` (${formatDuration(step.endedAt - step.startedAt)})`;
  say(`  [${step.index + 1}] ${step.name}: ${step.state}${took}`);
}

function environmentNote(run: Run): string {
  if (run.state !== 'starting' || !run.environment) return '';
  const { name, reused, because } = run.environment;
  return ` in ${name} (${reused ? 'reused' : 'built'}: ${because})`;
}

/** How it ended, why, and what to do next. */
export function reportEnd(run: Run): void {
  const took = run.durationMs === null ? '' : ` after ${formatDuration(run.durationMs)}`;
  say(`${STATE_MARKS[run.state]} ${run.name} ${run.state}${took}: ${run.reason?.text ?? ''}`);
  if (run.reason?.next) say(`  next: ${run.reason.next}`);
  if (run.reason?.detail) say(indent(run.reason.detail));
  if (run.log.state === 'partial') say(`  the log is not complete: ${run.log.reason}`);
}
