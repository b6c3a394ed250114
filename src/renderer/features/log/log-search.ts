import { matcherOf } from './highlight.ts';
import type { FoundReply, LogFeed, LogQuery } from './log-feed.ts';

/** What a search has found so far. */
export interface Found {
  /** Lines of the view that match, in order. Grows in place; the object around it is a new one then. */
  lines: number[];
  /** Lines looked at. */
  searched: number;
  done: boolean;
  /** There are more than are told. */
  capped: boolean;
  /** Why there is nothing to be found. */
  error: string | null;
}

export const NOTHING_FOUND: Found = {
  lines: [],
  searched: 0,
  done: true,
  capped: false,
  error: null,
};

/** What is wrong with a regular expression, in a few words; null for nothing. */
export function patternProblem(query: LogQuery): string | null {
  try {
    matcherOf(query);
    return null;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    // "Invalid regular expression: /a(/gi: Unterminated group"
    return message.split(': ').at(-1) ?? message;
  }
}

/** Looks for text in the view of a log and tells what was found, until the end that is returned. */
export function startSearch(
  feed: LogFeed,
  query: LogQuery,
  tell: (found: Found) => void,
): () => void {
  const error = patternProblem(query);
  if (query.pattern === '' || error) {
    tell({ ...NOTHING_FOUND, error });
    return () => undefined;
  }
  let found: Found = { ...NOTHING_FOUND, lines: [], done: false };
  const add = ({ lines, searched, done, capped }: FoundReply): void => {
    for (const line of lines) found.lines.push(line);
    found = { ...found, searched, done, capped };
  };
  tell(found);
  return feed.search(query, (reply) => {
    if (reply.type === 'found') add(reply);
    else found = { ...found, done: true, error: reply.message };
    tell(found);
  });
}

/** Where `line` is among sorted lines, or where it would be put in. */
export function placeOf(lines: readonly number[], line: number): number {
  let from = 0;
  let to = lines.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((lines[middle] ?? 0) < line) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * The match after (`by` 1) or before (-1) a line, around the ends. Null when nothing was found.
 * `line` is the present match, or the line from which on the reader looks.
 */
export function nextMatch(lines: readonly number[], line: number, by: 1 | -1): number | null {
  if (lines.length === 0) return null;
  const at = by === 1 ? placeOf(lines, line + 1) : placeOf(lines, line) - 1;
  return lines[(at + lines.length) % lines.length] ?? null;
}
