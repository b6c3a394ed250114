import { CircleX } from 'lucide-react';
import { memo } from 'react';
import type { LogLine, STDERR } from '../../../shared/contract/log-stream.ts';
import { cx } from '../../lib/cx.ts';
import { formatCount } from '../../lib/format.ts';
import type { LogTimes } from '../../stores/log-prefs.ts';
import { parseAnsi } from './ansi.ts';
import { highlight, type Piece } from './highlight.ts';
import { exactTime, lineTime } from './log-times.ts';
import { spanStyle } from './span-style.ts';
import styles from './log.module.css';

const ERRORS: typeof STDERR = 2;

/** How all lines of a view are drawn. */
export interface LineLook {
  /** Streams are told apart in what a run prints, not in a build. */
  streams: boolean;
  folded: boolean;
  times: LogTimes;
  /** What "since the start" counts from. */
  start: number;
  /** What is looked for. */
  matcher: RegExp | null;
}

interface Props {
  /** Its place in the view. */
  index: number;
  line: LogLine | undefined;
  /** This line goes on from the one before. */
  continued: boolean;
  selected: boolean;
  /** Holds what is looked for; `current` is the one of them the reader is at. */
  match: boolean;
  current: boolean;
  /** The one that tells why the run failed. */
  failing: boolean;
  /** The one that a link led to. */
  linked: boolean;
  look: LineLook;
}

const isPlain = ({ match, style }: Piece): boolean => !match && Object.keys(style).length === 0;

/** What stands in a line: mere text where there is nothing but text, as nearly always. */
function content({ text }: LogLine, look: LineLook, match: boolean) {
  const spans = parseAnsi(text, look.folded);
  const pieces: Piece[] =
    match && look.matcher
      ? highlight(spans, look.matcher)
      : spans.map((span) => ({ ...span, match: false }));
  const [first] = pieces;
  if (first && pieces.length === 1 && isPlain(first)) return first.text;
  return pieces.map((piece, at) =>
    piece.match ? (
      <mark key={at}>{piece.text}</mark>
    ) : (
      <span key={at} style={spanStyle(piece.style)}>
        {piece.text}
      </span>
    ),
  );
}

/** What a line is told about where the pointer rests on its number or time. */
export function lineHint(line: LogLine, streams: boolean, failing: boolean): string {
  const words = [
    exactTime(line.at),
    streams && line.stream === ERRORS && 'stderr',
    failing && 'the failing line',
  ];
  return words.filter(Boolean).join(', ');
}

/** One line of a log, as text nodes and nothing else. */
export const LogRow = memo(function LogRow(props: Props) {
  const { index, line, continued, selected, match, current, failing, linked, look } = props;
  const errors = look.streams && line?.stream === ERRORS;
  return (
    <div
      data-line={index}
      className={cx(
        styles.row,
        errors && styles.stderr,
        failing && styles.failing,
        linked && styles.linked,
        current && styles.current,
        selected && styles.selected,
      )}
    >
      <span className={styles.number}>
        {failing && <CircleX size={12} aria-label="The failing line" />}
        {continued ? '↳' : line && formatCount(line.number + 1)}
      </span>
      {look.times !== 'off' && (
        <span className={styles.time}>
          {line && !continued && lineTime(line.at, look.times, look.start)}
        </span>
      )}
      <span className={styles.text}>{line && content(line, look, match)}</span>
    </div>
  );
});
