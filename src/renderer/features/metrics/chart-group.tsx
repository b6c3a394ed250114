import { useMemo, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Chart } from './chart.tsx';
import type { Group } from './groups.ts';
import { domainOf, type Domain } from './scale.ts';
import type { SeriesData } from './series-data.ts';
import styles from './metrics.module.css';

interface Props {
  group: Group;
  /** Whether it is told what the group is. */
  titled: boolean;
  log: boolean;
  smoothing: number;
}

function* endsOf(series: readonly SeriesData[]): Iterable<number> {
  for (const { steps, length, sorted } of series) {
    if (!sorted) yield* steps.subarray(0, length);
    else if (length > 0) yield* [steps[0]!, steps[length - 1]!];
  }
}

/** Charts over the same axis, with one cursor and one zoom through all of them. */
export function ChartGroup({ group, titled, log, smoothing }: Props) {
  const [cursor, onCursor] = useState<number | null>(null);
  const [view, onView] = useState<Domain | null>(null);
  const steps = useMemo(() => domainOf(endsOf(group.series)), [group.series]);
  if (!steps) return null;
  const axis = { steps, view: view ?? steps, onView, cursor, onCursor };
  return (
    <section aria-label={group.title}>
      {(titled || view) && (
        <header className={styles.group}>
          {titled && <h3>{group.title}</h3>}
          {view && (
            <Button look="quiet" onClick={() => onView(null)}>
              Show all steps
            </Button>
          )}
        </header>
      )}
      <div className={styles.cards}>
        {group.series.map((one) => (
          <Chart
            key={one.name}
            series={one}
            stepText={group.stepText}
            axis={axis}
            log={log && group.id === 'code'}
            smoothing={smoothing}
          />
        ))}
      </div>
    </section>
  );
}
