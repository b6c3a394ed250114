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

/** What a row shows. */
export interface RowContent {
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
}

export interface Row {
  element: HTMLElement;
  draw(content: RowContent, look: LineLook): void;
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

/**
 * One row of a log, as text nodes and nothing else. It is drawn by hand, for a flood draws all rows many
 * times a second: what is as it was is not touched, and text changes in its place.
 * @param sign a copy of it stands before the number of the failing line
 */
export function createRow(sign: Element): Row {
  const element = document.createElement('div');
  const number = createSpan(styles.number);
  const time = createSpan(styles.time);
  const text = createSpan(styles.text);
  const [digits, clock, plain] = [new Text(), new Text(), new Text()];
  number.append(digits);
  time.append(clock);
  element.append(number, text);
  let drawn: { line: LogLine | undefined; match: boolean; look: LineLook } | null = null;

  const drawText = (line: LogLine | undefined, look: LineLook, match: boolean): void => {
    if (drawn && drawn.line === line && drawn.match === match && drawn.look === look) return;
    drawn = { line, match, look };
    const pieces = line ? piecesOf(line, look, match) : [];
    const isText = pieces.length === 0 || (pieces.length === 1 && isPlain(pieces[0]));
    if (!isText) return text.replaceChildren(...pieces.map(pieceElement));
    if (plain.parentNode !== text) text.replaceChildren(plain);
    setText(plain, pieces[0]?.text ?? '');
  };
  const drawSide = ({ line, continued, failing }: RowContent, look: LineLook): void => {
    setText(digits, continued ? '↳' : line ? formatCount(line.number + 1) : '');
    if (failing !== number.childElementCount > 0) {
      number.replaceChildren(...(failing ? [failingSign(sign)] : []), digits);
    }
    const timed = look.times !== 'off';
    if (!timed) time.remove();
    else if (time.parentNode === null) number.after(time);
    if (timed) setText(clock, line && !continued ? lineTime(line.at, look.times, look.start) : '');
  };
  return {
    element,
    draw(content, look) {
      const { index, line } = content;
      if (element.dataset['line'] !== String(index)) element.dataset['line'] = String(index);
      const className = classOf(content, look.streams && line?.stream === ERRORS);
      if (element.className !== className) element.className = className;
      // A hint is of the line that was there when the pointer came.
      if (number.title !== '' && drawn?.line !== line) number.title = time.title = '';
      drawSide(content, look);
      drawText(line, look, content.match);
    },
  };
}

function failingSign(sign: Element): Node {
  const copy = sign.cloneNode(true);
  if (copy instanceof Element) copy.setAttribute('aria-label', 'The failing line');
  return copy;
}

function createSpan(className = ''): HTMLSpanElement {
  const span = document.createElement('span');
  span.className = className;
  return span;
}

function setText(node: Text, text: string): void {
  if (node.data !== text) node.data = text;
}

function classOf({ failing, linked, current, selected }: RowContent, errors: boolean): string {
  return cx(
    styles.row,
    errors && styles.stderr,
    failing && styles.failing,
    linked && styles.linked,
    current && styles.current,
    selected && styles.selected,
  );
}

const isPlain = (piece: Piece | undefined): boolean =>
  piece !== undefined && !piece.match && Object.keys(piece.style).length === 0;

function piecesOf({ text }: LogLine, look: LineLook, match: boolean): Piece[] {
  const spans = parseAnsi(text, look.folded);
  if (match && look.matcher) return highlight(spans, look.matcher);
  return spans.map((span) => ({ ...span, match: false }));
}

function pieceElement({ text, style, match }: Piece): HTMLElement {
  const element = document.createElement(match ? 'mark' : 'span');
  element.textContent = text;
  if (!match) Object.assign(element.style, spanStyle(style));
  return element;
}
