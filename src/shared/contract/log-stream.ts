import * as z from 'zod/mini';

/**
 * The log port, one per open log. The window asks for the lines it shows and is told how far the
 * log has grown; text is never pushed. So a flood costs the window what is on screen and no more,
 * and a view that comes back asks again by line number.
 */
export const STDOUT = 1;
export const STDERR = 2;

/** Most lines one `read` may ask for. */
export const LOG_PAGE_LIMIT = 2000;
/** Most matches of a search that are told. */
export const FOUND_LIMIT = 100_000;
/** A longer line is shown in pieces of this many bytes; the bytes themselves are kept whole. */
export const LOG_LINE_LIMIT = 16_384;

const position = z.int().check(z.minimum(0));

export const logRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('read'),
    requestId: z.int(),
    line: position,
    count: z.int().check(z.minimum(1), z.maximum(LOG_PAGE_LIMIT)),
  }),
  /**
   * Which lines the port shows from now on: those of these streams (null for all), and with `folded` what
   * a terminal would show of lines that were written over (progress bars). Answered by a new `head`; line
   * numbers of requests and replies count the lines of this view. Searches under way are dropped.
   */
  z.strictObject({
    type: z.literal('view'),
    view: z.int(),
    streams: z.nullable(z.array(z.int()).check(z.maxLength(2))),
    folded: z.boolean(),
  }),
  /** Looks for text in the view from its first line; answered by `found`, as often as it takes. */
  z.strictObject({
    type: z.literal('search'),
    requestId: z.int(),
    pattern: z.string().check(z.minLength(1), z.maxLength(1000)),
    regex: z.boolean(),
    matchCase: z.boolean(),
  }),
  /** Ends a search. */
  z.strictObject({ type: z.literal('cancel'), requestId: z.int() }),
  /** The first line of the view that was printed at or after a time (ms since 1970). */
  z.strictObject({ type: z.literal('at'), requestId: z.int(), at: z.number() }),
  /** Where the view shows a line of the whole log, or the line that it became part of. */
  z.strictObject({ type: z.literal('locate'), requestId: z.int(), number: position }),
  /** The line that tells why a run failed, as far as its log does. */
  z.strictObject({ type: z.literal('failure'), requestId: z.int() }),
  /** The last `head` was drawn; the next may be sent. */
  z.strictObject({ type: z.literal('ack') }),
]);

export type LogRequest = z.infer<typeof logRequestSchema>;

/** One line as shown: decoded, without its line end. */
export interface LogLine {
  text: string;
  /** STDOUT, STDERR, or the index of the step in a build log. */
  stream: number;
  /** Its number in the whole log, from 0, whatever the view leaves out: the one that links lead to. */
  number: number;
  /** When its first byte arrived, ms since 1970; display only. */
  at: number;
  /** Piece of an overlong line: more of the same line follows. */
  continues: boolean;
}

export type LogReply =
  | {
      type: 'head';
      /** The view that it is of, 0 until one was asked for. */
      view: number;
      lines: number;
      /** Lines from this one on may read differently with the next head: they can be written over. */
      settled: number;
      bytes: number;
      /** No more will come. */
      ended: boolean;
    }
  | { type: 'lines'; requestId: number; first: number; lines: LogLine[] }
  | {
      type: 'found';
      requestId: number;
      /** Further lines of the view that match, in order. */
      lines: number[];
      /** Lines looked at so far. */
      searched: number;
      /** That was all; a log that grows is searched on until the search is cancelled. */
      done: boolean;
      /** More matched than {@link FOUND_LIMIT}: the rest is not told. */
      capped: boolean;
    }
  /** The answer to `at`, `locate` and `failure`: a line of the view; null for none. */
  | { type: 'line'; requestId: number; line: number | null }
  | { type: 'error'; requestId: number | null; message: string };

/** Which log: what the run printed, or what its build printed. */
export const logKindSchema = z.enum(['run', 'build']);
export type LogKind = z.infer<typeof logKindSchema>;
