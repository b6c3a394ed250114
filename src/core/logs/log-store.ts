import type { LogLine } from '../../shared/contract/log-stream.ts';
import type { LogPosition, LogSink } from '../engines/engine.ts';

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

/** The one writer of a log. Opening recovers from a crash in the middle of a write. */
export interface LogWriter extends LogSink {
  append(stream: number, bytes: Buffer, at: number): Promise<void> | void;
  position(): LogPosition;
  head(): LogHead;
  /** Resolves when everything appended so far is in the files. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface LogStore {
  /** `id`: a run id, or `build-<run id>`. Only one writer per log at a time, over all processes. */
  openWriter(id: string): Promise<LogWriter>;
  head(id: string): Promise<LogHead>;
  /** `count` lines from line `first` on (fewer at the end). */
  page(id: string, first: number, count: number): Promise<LogLine[]>;
  /** Stored chunks from byte `offset` on, at most `limit` bytes. Empty at the end. */
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
  /** Calls back (at most every `everyMs`) when the log has grown. Returns the unsubscribe. */
  watch(id: string, everyMs: number, listener: (head: LogHead) => void): () => void;
  remove(id: string): Promise<void>;
}
