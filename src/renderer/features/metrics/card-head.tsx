import type { ReactNode } from 'react';
import { extremes, type Reading, type ShownLine } from './read-lines.ts';
import { LineSwatch } from './run-swatch.tsx';
import styles from './metrics.module.css';

interface Props {
  title: string;
  lines: readonly ShownLine[];
  /** What is read of each line. */
  read: readonly Reading[];
  /** Where it is read; null at the end. */
  at: string | null;
  text: (value: number) => string;
  actions: ReactNode;
}

/** The reach of a metric of one run. */
function Extremes({ lines, text }: Pick<Props, 'lines' | 'text'>) {
  const found = lines.length === 1 && extremes(lines[0]!.series);
  if (!found) return <span />;
  return (
    <span className="meta">
      min <span className="mono">{text(found.least)}</span>, max{' '}
      <span className="mono">{text(found.greatest)}</span>
    </span>
  );
}

/** Which line is which, each with its value. */
function Legend({ lines, read, text }: Pick<Props, 'lines' | 'read' | 'text'>) {
  return (
    <ul className={styles.legend}>
      {lines.map(({ label, look, series }, i) => {
        const value = read[i]?.value ?? null;
        return (
          <li key={`${label} ${series.id}`} title={label}>
            <LineSwatch look={look} />
            <span className={`ellipsis ${styles.legendName}`}>{label}</span>
            <span className="mono">{value === null ? '–' : text(value)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** The name of a metric, what is read of it, and its reach. */
export function CardHead({ title, lines, read, at, text, actions }: Props) {
  const value = read[0]?.value ?? null;
  const isOne = lines.length === 1 && lines[0]!.label === '';
  return (
    <figcaption className={styles.caption}>
      <div className={styles.head}>
        <span className={`ellipsis ${styles.name}`} title={title}>
          {title}
        </span>
        {actions}
        {(isOne || at !== null) && <span className="meta">{at ?? 'last'}</span>}
        {isOne && <span className="mono">{value === null ? '–' : text(value)}</span>}
      </div>
      {isOne ? (
        <div className={styles.reach}>
          <Extremes {...{ lines, text }} />
        </div>
      ) : (
        <Legend {...{ lines, read, text }} />
      )}
    </figcaption>
  );
}
