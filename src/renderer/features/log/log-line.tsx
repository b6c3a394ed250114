import { memo, type CSSProperties } from 'react';
import type { LogLine, STDERR } from '../../../shared/contract/log-stream.ts';
import { cx } from '../../lib/cx.ts';
import { formatClock, formatCount } from '../../lib/format.ts';
import { parseAnsi, type AnsiStyle } from './ansi.ts';
import styles from './log.module.css';

const ERRORS: typeof STDERR = 2;

const cssColor = (color: number | string | undefined): string | undefined =>
  typeof color === 'number' ? `var(--ansi-${color})` : color;

function spanStyle(style: AnsiStyle): CSSProperties | undefined {
  if (Object.keys(style).length === 0) return undefined;
  const color = cssColor(style.color);
  const background = cssColor(style.background);
  const lines = [style.underline && 'underline', style.strike && 'line-through'];
  return {
    color: style.inverse ? (background ?? 'var(--bg)') : color,
    background: style.inverse ? (color ?? 'var(--text)') : background,
    fontWeight: style.bold ? 600 : undefined,
    opacity: style.dim ? 0.7 : undefined,
    fontStyle: style.italic ? 'italic' : undefined,
    textDecoration: lines.filter(Boolean).join(' ') || undefined,
  };
}

interface Props {
  index: number;
  line: LogLine | undefined;
  /** This line goes on from the one before. */
  continued: boolean;
  selected: boolean;
  /** Streams are told apart in what a run prints, not in a build. */
  streams: boolean;
}

/** One line of a log, as text nodes and nothing else. */
export const LogRow = memo(function LogRow({ index, line, continued, selected, streams }: Props) {
  const errors = streams && line?.stream === ERRORS;
  return (
    <div
      data-line={index}
      className={cx(styles.row, errors && styles.stderr, selected && styles.selected)}
    >
      <span
        className={styles.number}
        title={line && `${formatClock(line.at)}${errors ? ', stderr' : ''}`}
      >
        {continued ? '↳' : formatCount(index + 1)}
      </span>
      <span className={styles.text}>
        {line &&
          parseAnsi(line.text).map(({ text, style }, span) => (
            <span key={span} style={spanStyle(style)}>
              {text}
            </span>
          ))}
      </span>
    </div>
  );
});
