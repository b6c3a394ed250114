import type { AnsiSpan, AnsiStyle } from './ansi.ts';
import type { LogQuery } from './log-feed.ts';

/** More in one line is not worth looking at. */
const MOST_IN_LINE = 500;

export interface Piece {
  text: string;
  style: AnsiStyle;
  match: boolean;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * What a search looks for, as an expression that finds all of it; null for nothing.
 * @throws SyntaxError for what is no regular expression.
 */
export function matcherOf({ pattern, regex, matchCase }: LogQuery): RegExp | null {
  if (pattern === '') return null;
  if (regex) return new RegExp(pattern, matchCase ? 'g' : 'gi');
  return new RegExp(escaped(pattern), matchCase ? 'g' : 'giu');
}

/** The same, or null for what is no regular expression (yet). */
export function tryMatcher(query: LogQuery): RegExp | null {
  try {
    return matcherOf(query);
  } catch {
    return null;
  }
}

/** From where to where text matches, in order. Empty matches are none. */
function matchesIn(text: string, matcher: RegExp): [number, number][] {
  const found: [number, number][] = [];
  for (const match of text.matchAll(matcher)) {
    if (match[0] !== '') found.push([match.index, match.index + match[0].length]);
    if (found.length === MOST_IN_LINE) break;
  }
  return found;
}

/** Cuts pieces of styled text where matches begin and end. */
export function highlight(spans: readonly AnsiSpan[], matcher: RegExp): Piece[] {
  const matches = matchesIn(spans.map(({ text }) => text).join(''), matcher);
  const pieces: Piece[] = [];
  let at = 0;
  let next = 0;
  for (const { text, style } of spans) {
    const end = at + text.length;
    let from = at;
    while (from < end) {
      const [start, stop] = matches[next] ?? [Infinity, Infinity];
      const inside = from >= start;
      const to = Math.min(end, inside ? stop : start);
      if (to > from) pieces.push({ text: text.slice(from - at, to - at), style, match: inside });
      from = to;
      if (inside && to === stop) next += 1;
    }
    at = end;
  }
  return pieces;
}
