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
import { Chart } from './chart.tsx';
import { domainOf } from './scale.ts';
import { useMetrics } from './use-metrics.ts';
import styles from './metrics.module.css';

const SCALES = [
  { id: 'linear', title: 'Linear' },
  { id: 'log', title: 'Log' },
] as const;

/** From so many on a filter helps. */
const MANY = 6;

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

/** The metrics of a run, one card each, with one cursor through all of them. */
export function MetricsTab({ run }: { run: Run }) {
  const { series, error } = useMetrics(run);
  const [scale, setScale] = useState<'linear' | 'log'>('linear');
  const [filter, setFilter] = useState('');
  const [cursor, setCursor] = useState<number | null>(null);
  const steps = useMemo(
    () => domainOf((series ?? []).flatMap(({ points }) => points.map(({ step }) => step))),
    [series],
  );
  if (error && !series) {
    return (
      <div className={page.note}>
        <ErrorNote error={error} />
      </div>
    );
  }
  if (!series) return <SkeletonRows label="Reading metrics" />;
  if (!steps) return <NoMetrics run={run} />;
  const shown = series.filter(({ name }) => !filter.trim() || matches(name, filter.trim()));
  return (
    <>
      <div className={styles.bar}>
        {series.length >= MANY && (
          <SearchField label="Filter metrics" value={filter} onChange={setFilter} />
        )}
        <Segmented label="Scale" value={scale} options={SCALES} onChange={setScale} />
      </div>
      <div className={page.scroll}>
        <div className={styles.cards}>
          {shown.map((one) => (
            <Chart
              key={one.name}
              series={one}
              steps={steps}
              log={scale === 'log'}
              cursor={cursor}
              onCursor={setCursor}
            />
          ))}
        </div>
      </div>
    </>
  );
}
