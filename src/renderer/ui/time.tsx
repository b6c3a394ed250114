import type { Run } from '../../shared/domain/run.ts';
import { ENGINE_AWAY, isOutOfSight } from '../../shared/run-state-text.ts';
import { useNow } from '../lib/clock.ts';
import { formatDuration, formatExact, formatRelative } from '../lib/format.ts';
import { isActive, runDuration } from '../stores/run-states.ts';

/** A time as "3 min ago", with the exact one on hover. */
export function RelativeTime({ at }: { at: number }) {
  const now = useNow(30_000);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {formatRelative(at, now)}
    </time>
  );
}

/** Time since `from`, renewed every second. */
export function LiveDuration({ from }: { from: number }) {
  return <>{formatDuration(useNow(1000) - from)}</>;
}

/** How long a run took, or takes so far; a dash before it started, and while its engine does not answer. */
export function RunDuration({ run }: { run: Run }) {
  if (isOutOfSight(run)) return <span title={`Not known: ${ENGINE_AWAY}`}>–</span>;
  if (run.startedAt !== null && isActive(run)) return <LiveDuration from={run.startedAt} />;
  const duration = runDuration(run, run.startedAt ?? 0);
  return <>{duration === null ? '–' : formatDuration(duration)}</>;
}
