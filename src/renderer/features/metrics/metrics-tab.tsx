import { useMemo } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { isActive } from '../../stores/run-states.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import page from '../frame/page.module.css';
import { MetricsBoard, type BoardLine } from './metrics-board.tsx';
import { ONE_LINE } from './run-looks.ts';
import { useMetrics } from './use-metrics.ts';

function NoMetrics({ run }: { run: Run }) {
  if (isActive(run)) {
    return <Empty title="No metrics yet">They appear here as soon as the code logs some.</Empty>;
  }
  return (
    <Empty title="No metrics">
      {run.engine === null
        ? 'The run folder this was imported from holds no history of logged values.'
        : 'The code logged none that Slipway could read. What it printed is in the log.'}
    </Empty>
  );
}

/** The metrics of a run, one card each. */
export function MetricsTab({ run }: { run: Run }) {
  const { series, error } = useMetrics(run);
  const origin = run.startedAt ?? run.createdAt;
  const lines = useMemo(
    () =>
      [...(series?.values() ?? [])].map((one): BoardLine => ({
        run: '',
        series: one,
        look: ONE_LINE,
        origin,
      })),
    [series, origin],
  );
  if (error && !series) {
    return (
      <div className={page.note}>
        <ErrorNote error={error} />
      </div>
    );
  }
  if (!series) return <SkeletonRows label="Reading metrics" />;
  if (series.size === 0) return <NoMetrics run={run} />;
  return <MetricsBoard lines={lines} />;
}
