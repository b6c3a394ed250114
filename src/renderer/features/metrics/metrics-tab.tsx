import { useMemo, useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { matches } from '../../stores/selectors.ts';
import { isActive } from '../../stores/run-states.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import page from '../frame/page.module.css';
import { ChartGroup } from './chart-group.tsx';
import { groupsOf } from './groups.ts';
import { useMetrics } from './use-metrics.ts';
import styles from './metrics.module.css';

const SCALES = [
  { id: 'linear', title: 'Linear' },
  { id: 'log', title: 'Log' },
] as const;

/** From so many on a filter helps. */
const MANY = 6;
/** More charts at once would keep the window from answering; the filter finds the others. */
const SHOWN = 200;
const MOST_SMOOTHING = 0.99;

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

function Smoothing({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  return (
    <label className={styles.smoothing}>
      <span>Smoothing</span>
      <input
        type="range"
        min={0}
        max={MOST_SMOOTHING}
        step={0.01}
        value={value}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <span className="mono">{value.toFixed(2)}</span>
    </label>
  );
}

/** The metrics of a run, one card each: the code's own, what the run used, what the SDK saw. */
export function MetricsTab({ run }: { run: Run }) {
  const { series, error } = useMetrics(run);
  const [scale, setScale] = useState<'linear' | 'log'>('linear');
  const [smoothing, setSmoothing] = useState(0);
  const [filter, setFilter] = useState('');
  const words = filter.trim();
  const groups = useMemo(() => {
    const all = [...(series?.values() ?? [])].filter(({ length }) => length > 0);
    return groupsOf(all.filter(({ name }) => !words || matches(name, words)).slice(0, SHOWN));
  }, [series, words]);
  if (error && !series) {
    return (
      <div className={page.note}>
        <ErrorNote error={error} />
      </div>
    );
  }
  if (!series) return <SkeletonRows label="Reading metrics" />;
  if (series.size === 0) return <NoMetrics run={run} />;
  return (
    <>
      <div className={styles.bar}>
        {series.size >= MANY && (
          <SearchField label="Filter metrics" value={filter} onChange={setFilter} />
        )}
        <Smoothing value={smoothing} onChange={setSmoothing} />
        <Segmented label="Scale" value={scale} options={SCALES} onChange={setScale} />
      </div>
      <div className={page.scroll}>
        {series.size > SHOWN && !words && (
          <p className={styles.more}>
            The first {SHOWN} of {series.size} metrics are shown. Filter to see others.
          </p>
        )}
        {groups.map((group) => (
          <ChartGroup
            key={group.id}
            group={group}
            titled={groups.length > 1 || group.id !== 'code'}
            log={scale === 'log'}
            smoothing={smoothing}
          />
        ))}
      </div>
    </>
  );
}
