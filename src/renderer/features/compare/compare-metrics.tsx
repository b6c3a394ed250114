import { useMemo, useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { cx } from '../../lib/cx.ts';
import page from '../frame/page.module.css';
import { MetricsBoard, type BoardLine } from '../metrics/metrics-board.tsx';
import { runLook } from '../metrics/run-looks.ts';
import { RunSwatch } from '../metrics/run-swatch.tsx';
import { useManyMetrics } from '../metrics/use-metrics.ts';
import styles from './compare-metrics.module.css';

interface LegendProps {
  runs: readonly Run[];
  hidden: ReadonlySet<string>;
  onToggle: (runId: string) => void;
}

/** The runs with their colours; a click hides one or shows it again. */
function Legend({ runs, hidden, onToggle }: LegendProps) {
  return (
    <div role="group" aria-label="Runs shown" className={styles.legend}>
      {runs.map(({ id, name }, at) => (
        <button
          key={id}
          type="button"
          role="checkbox"
          aria-checked={!hidden.has(id)}
          title={hidden.has(id) ? `Show ${name}` : `Hide ${name}`}
          className={cx(styles.item, hidden.has(id) && styles.hidden)}
          onClick={() => onToggle(id)}
        >
          <RunSwatch at={at} />
          <span className="ellipsis">{name}</span>
        </button>
      ))}
    </div>
  );
}

const toggled = (set: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** The metrics of some runs in shared charts. */
export function CompareMetrics({ runs }: { runs: readonly Run[] }) {
  const found = useManyMetrics(runs);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(
    () =>
      runs.flatMap((run, at) => {
        if (hidden.has(run.id)) return [];
        const series = [...(found.get(run.id)?.series?.values() ?? [])];
        return series.map((one): BoardLine => {
          const origin = run.startedAt ?? run.createdAt;
          return { run: run.name, series: one, look: runLook(at), origin };
        });
      }),
    [runs, found, hidden],
  );
  const answers = runs.flatMap(({ id }) => found.get(id) ?? []);
  const error = answers.find((answer) => answer.error && !answer.series)?.error;
  if (error) {
    return (
      <div className={page.note}>
        <ErrorNote error={error} />
      </div>
    );
  }
  if (answers.length < runs.length) return <SkeletonRows label="Reading metrics" />;
  if (answers.every(({ series }) => !series?.size)) {
    return <Empty title="No metrics">None of these runs logged values that could be drawn.</Empty>;
  }
  return (
    <MetricsBoard
      lines={lines}
      legend={
        <Legend
          runs={runs}
          hidden={hidden}
          onToggle={(id) => setHidden((have) => toggled(have, id))}
        />
      }
    />
  );
}
