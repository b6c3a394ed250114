import { useMemo, useRef, useState, useLayoutEffect } from 'react';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { Axis } from './axis.ts';
import type { Card } from './cards.ts';
import { Chart } from './chart.tsx';
import { ChartTable } from './chart-table.tsx';
import { wordsOf, type AxisKind, type Group } from './groups.ts';
import { csvOf } from './read-lines.ts';
import styles from './metrics.module.css';

const VIEWS = [
  { id: 'chart', title: 'Chart' },
  { id: 'table', title: 'Table' },
] as const;

/** Above and below the drawing: the head of the chart, and room. */
const AROUND = 88;
const LEAST = 200;

interface Props {
  card: Card;
  axisKind: AxisKind;
  chart: { stepText: Group['stepText']; axis: Axis; log: boolean; smoothing: number };
  onClose: () => void;
}

/** One metric in nearly all of the window, as a chart or as a table of its values. */
export function ChartSheet({ card, axisKind, chart, onClose }: Props) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const body = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(LEAST);
  useLayoutEffect(() => {
    const measure = () => setHeight(Math.max(LEAST, (body.current?.clientHeight ?? 0) - AROUND));
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  const { title } = wordsOf(card.name);
  const first = axisKind === 'time' ? 'seconds' : 'step';
  const csv = useMemo(() => csvOf(first, card.lines, title), [first, card.lines, title]);
  return (
    <Dialog
      title={title}
      look="sheet"
      onClose={onClose}
      controls={<Segmented label="View" value={view} options={VIEWS} onChange={setView} />}
      footer={
        <div className={styles.sheetFooter}>
          <CopyButton text={csv} label={`Copy the values of ${title} as CSV`} words="Copy as CSV" />
          <Button onClick={onClose}>Done</Button>
        </div>
      }
    >
      <div ref={body} className={styles.sheet}>
        {view === 'chart' ? (
          <Chart {...chart} card={card} height={height} />
        ) : (
          <ChartTable card={card} axisKind={axisKind} />
        )}
      </div>
    </Dialog>
  );
}
