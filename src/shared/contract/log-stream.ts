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
  /** The last `head` was drawn; the next may be sent. */
  z.strictObject({ type: z.literal('ack') }),
]);

export type LogRequest = z.infer<typeof logRequestSchema>;

/** One line as shown: decoded, without its line end. */
export interface LogLine {
  text: string;
  /** STDOUT, STDERR, or the index of the step in a build log. */
  stream: number;
  /** When its first byte arrived, ms since 1970; display only. */
  at: number;
  /** Piece of an overlong line: more of the same line follows. */
  continues: boolean;
}

export type LogReply =
  | {
      type: 'head';
      lines: number;
      bytes: number;
      /** No more will come. */
      ended: boolean;
    }
  | { type: 'lines'; requestId: number; first: number; lines: LogLine[] }
  | { type: 'error'; requestId: number | null; message: string };

/** Which log: what the run printed, or what its build printed. */
export const logKindSchema = z.enum(['run', 'build']);
export type LogKind = z.infer<typeof logKindSchema>;
