import { useMemo, useState, type ReactNode } from 'react';
import { matches } from '../../stores/selectors.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import page from '../frame/page.module.css';
import { cardsOf, type LineData } from './cards.ts';
import { ChartGroup } from './chart-group.tsx';
import { groupsOf, type AxisKind } from './groups.ts';
import { usePins } from './pins.ts';
import { byTime, isTimed } from './series-data.ts';
import { Smoothing } from './smoothing.tsx';
import styles from './metrics.module.css';

const SCALES = [
  { id: 'linear', title: 'Linear' },
  { id: 'log', title: 'Log' },
] as const;

const AXES = [
  { id: 'step', title: 'Steps' },
  { id: 'time', title: 'Time' },
] as const;

/** From so many on a filter helps. */
const MANY = 6;
/** More charts at once would keep the window from answering; the filter finds the others. */
const SHOWN = 200;

/** A line, and when its run started, in ms since 1970. */
export interface BoardLine extends LineData {
  origin: number;
}

interface Props {
  lines: readonly BoardLine[];
  /** Which runs there are, where there are several. */
  legend?: ReactNode;
}

/** The lines with points, over what is asked for. */
const over = (lines: readonly BoardLine[], axis: AxisKind): LineData[] =>
  lines
    .map((line) => (axis === 'time' ? { ...line, series: byTime(line.series, line.origin) } : line))
    .filter(({ series }) => series.length > 0);

/** Metrics, one a card: the code's own, what the run used, what the SDK saw. */
export function MetricsBoard({ lines, legend }: Props) {
  const [scale, setScale] = useState<'linear' | 'log'>('linear');
  const [axis, setAxis] = useState<AxisKind>('step');
  const [smoothing, setSmoothing] = useState(0);
  const [filter, setFilter] = useState('');
  const pins = usePins();
  const words = filter.trim();
  const canTime = useMemo(() => lines.some(({ series }) => isTimed(series)), [lines]);
  const cards = useMemo(() => cardsOf(over(lines, axis), pins), [lines, axis, pins]);
  const found = useMemo(
    () => (words ? cards.filter(({ name }) => matches(name, words)) : cards),
    [cards, words],
  );
  const groups = useMemo(() => groupsOf(found.slice(0, SHOWN), axis), [found, axis]);
  return (
    <>
      <div className={styles.bar}>
        {(cards.length >= MANY || words) && (
          <SearchField label="Filter metrics" value={filter} onChange={setFilter} />
        )}
        <span className={styles.barEnd}>
          <Smoothing value={smoothing} onChange={setSmoothing} />
          {canTime && <Segmented label="Axis" value={axis} options={AXES} onChange={setAxis} />}
          <Segmented label="Scale" value={scale} options={SCALES} onChange={setScale} />
        </span>
      </div>
      {legend}
      <div className={page.scroll}>
        {found.length > SHOWN && (
          <p className={styles.more}>
            The first {SHOWN} of {found.length} metrics are shown. Filter to see others.
          </p>
        )}
        {found.length === 0 && <p className={styles.more}>No metric is called so.</p>}
        {groups.map((group) => (
          <ChartGroup
            key={`${group.id} ${axis}`}
            group={group}
            titled={groups.length > 1 || group.id !== 'code'}
            axisKind={axis}
            log={scale === 'log'}
            smoothing={smoothing}
          />
        ))}
      </div>
    </>
  );
}
