import type { LogLine } from '../../shared/contract/log-stream.ts';
import type { LogPosition, LogSink } from '../engines/engine.ts';
import type { LinesView, ViewChoice } from './views/lines-view.ts';

/** How much of a log is stored. */
export interface LogHead {
  bytes: number;
  /** Lines as shown: a line ends at `\n`, at a change of stream, or after LOG_LINE_LIMIT bytes. */
  lines: number;
}

/** A stored piece of a log: consecutive bytes of one stream. */
export interface LogChunk {
  offset: number;
  /** STDOUT, STDERR, or a step's index in a build log. */
  stream: number;
  at: number;
  bytes: Buffer;
}

/**
 * The one writer of a log. Opening recovers from a crash in the middle of a write.
 *
 * When something cannot be stored (`E_DISK_FULL`), what is not in the files yet is dropped, the
 * next append or flush rejects, and so do all that follow until the position is asked for: it is
 * back at what is stored, and what is appended then must go on from there.
 */
export interface LogWriter extends LogSink {
  /** What was appended shows in the files within about 25 ms. A promise asks the caller to wait for it. */
  append(stream: number, bytes: Buffer, at: number): Promise<void> | void;
  /** Bytes of each stream that are stored or waiting to be. */
  position(): LogPosition;
  /** What is in the files. */
  head(): LogHead;
  /** Resolves when everything appended so far is in the files. */
  flush(): Promise<void>;
  /** Flushes, and resolves when the disk itself has it all: the engine's copy may be removed then. */
  close(): Promise<void>;
}

/**
 * Logs by id, of small letters, digits and hyphens (`E_NAME` else). A log that nobody wrote is
 * empty. A damaged index is repaired for the reader as far as it goes; where a log's bytes are
 * gone, reads fail with `E_LOG_DAMAGED`.
 */
export interface LogStore {
  /**
   * `id`: a run id, or `build-<run id>`. Only one writer per log at a time, over all processes: a
   * second one of this process is refused with `E_STATE`, the executor lock keeps others away.
   */
  openWriter(id: string): Promise<LogWriter>;
  head(id: string): Promise<LogHead>;
  /** `count` lines from line `first` on (fewer at the end). */
  page(id: string, first: number, count: number): Promise<LogLine[]>;
  /** The lines that a choice leaves; folded ones are shared. Nothing is read before it grows. */
  view(id: string, choice: ViewChoice): LinesView;
  /** The first line that was printed at or after a time (ms since 1970); null for none. */
  lineAt(id: string, at: number): Promise<number | null>;
  /** The line that tells why a run failed; null when its log does not. */
  failure(id: string): Promise<number | null>;
  /** Stored chunks from byte `offset` on, at most `limit` bytes (and 8 MiB). Empty at the end. */
  read(id: string, offset: number, limit: number): Promise<LogChunk[]>;
  /**
   * Chunks from byte `offset` on, following the log as it grows (in this or another process) until
   * `ended()` says that no more will come. Reads on only when the consumer asks.
   */
  tail(
    id: string,
    offset: number,
    ended: () => boolean,
    signal: AbortSignal,
  ): AsyncIterable<LogChunk>;
  /**
   * Calls back when the log holds something, and then (at most every `everyMs`) when it has grown.
   * Returns the unsubscribe.
   */
  watch(id: string, everyMs: number, listener: (head: LogHead) => void): () => void;
  /** Refused with `E_STATE` while this process writes the log. */
  remove(id: string): Promise<void>;
}
