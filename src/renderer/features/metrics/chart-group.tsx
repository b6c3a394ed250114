import { useMemo, useState } from 'react';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { secondsTick, secondsUnit, type Axis } from './axis.ts';
import { CardActions } from './card-actions.tsx';
import type { Card } from './cards.ts';
import { Chart } from './chart.tsx';
import { ChartSheet } from './chart-sheet.tsx';
import type { AxisKind, Group } from './groups.ts';
import { domainOf, type Domain } from './scale.ts';
import styles from './metrics.module.css';

interface Props {
  group: Group;
  /** Whether it is told what the group is. */
  titled: boolean;
  axisKind: AxisKind;
  log: boolean;
  smoothing: number;
}

function* endsOf(cards: readonly Card[]): Iterable<number> {
  for (const { lines } of cards) {
    for (const { series } of lines) {
      const { steps, length, sorted } = series;
      if (!sorted) yield* steps.subarray(0, length);
      else if (length > 0) yield* [steps[0]!, steps[length - 1]!];
    }
  }
}

/** Charts over the same axis, with one cursor and one zoom through all of them. */
export function ChartGroup({ group, titled, axisKind, log, smoothing }: Props) {
  const [cursor, onCursor] = useState<number | null>(null);
  const [view, onView] = useState<Domain | null>(null);
  const [alone, setAlone] = useState<string | null>(null);
  const steps = useMemo(() => domainOf(endsOf(group.cards)), [group.cards]);
  if (!steps) return null;
  const isTime = axisKind === 'time';
  const tickText = isTime ? secondsTick : formatCount;
  const unit = isTime ? secondsUnit(view ?? steps) : 1;
  const axis: Axis = { steps, view: view ?? steps, onView, cursor, onCursor, tickText, unit };
  const shared = {
    stepText: group.stepText,
    axis,
    log: log && group.id === 'code',
    smoothing: group.id === 'code' ? smoothing : 0,
  };
  const large = group.cards.find(({ name }) => name === alone);
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
        {group.cards.map((card) => (
          <Chart
            key={card.name}
            {...shared}
            card={card}
            actions={<CardActions card={card} onLarge={() => setAlone(card.name)} />}
          />
        ))}
      </div>
      {large && (
        <ChartSheet
          card={large}
          axisKind={axisKind}
          chart={shared}
          onClose={() => setAlone(null)}
        />
      )}
    </section>
  );
}
