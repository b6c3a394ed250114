import { runLook, type LineLook } from './run-looks.ts';
import styles from './metrics.module.css';

/** A piece of a line, as a chart draws it. */
export function LineSwatch({ look: { colour, dash } }: { look: LineLook }) {
  return (
    <svg width="16" height="8" aria-hidden="true" className={styles.swatch}>
      <line
        x1="1"
        x2="15"
        y1="4"
        y2="4"
        style={{ stroke: colour ?? 'var(--accent)' }}
        strokeDasharray={dash.map((length) => length / 1.5).join(' ')}
      />
    </svg>
  );
}

/** What the run at a place of a comparison looks like in its charts. */
export const RunSwatch = ({ at }: { at: number }) => <LineSwatch look={runLook(at)} />;
