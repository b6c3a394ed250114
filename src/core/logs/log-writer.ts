import { STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import { AppError } from '../../shared/errors.ts';
import type { LogPosition } from '../engines/engine.ts';
import { emptyState, isStream, type LogState, RECORD_SIZE } from './index-record.ts';
import { logFileError, type LogPaths, openKept, withLogErrors, writeAt } from './log-files.ts';
import { cutBack, type OpenFiles } from './log-recovery.ts';
import type { LogReader } from './log-reader.ts';
import type { LogHead, LogWriter } from './log-store.ts';
import type { FinishedBatch } from './write-batch.ts';
import { WriteQueue } from './write-queue.ts';

/** What is appended is in the files after this time, and what comes after a pause at once. */
const FLUSH_MS = 25;
/** From this many waiting bytes on the caller is asked to wait, until half of them are written. */
const MOST_WAITING = 4 * 1024 * 1024;

/** What the writer tells the store it belongs to. */
interface WriterHooks {
  stored(): void;
  failed(error: unknown): void;
  closed(): void;
}

interface Waiter {
  /** Bytes of the log that must be stored. */
  until: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Writes bytes first, then their records, one batch after the other. When a write fails, what was
 * not stored is dropped and `position()` goes back to what is: the follower reads it again from the
 * engine. Until it has asked for the position, appends are refused, so that no gap can come about.
 */
export class FileLogWriter implements LogWriter {
  readonly #paths: LogPaths;
  readonly #files: OpenFiles;
  readonly #reader: LogReader;
  readonly #hooks: WriterHooks;
  #stored: LogState;
  /** What is stored and what waits. */
  #accepted: { bytes: number; stdout: number; stderr: number };
  #queue: WriteQueue;
  #waiters: Waiter[] = [];
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  /** Whether the batch that is not full yet is to be written as well. */
  #due = false;
  #lastWrite = -FLUSH_MS;
  #failure: { error: unknown; reported: boolean; final: boolean } | null = null;
  #closing: Promise<void> | null = null;

  private constructor(
    paths: LogPaths,
    files: OpenFiles,
    stored: LogState,
    parts: { reader: LogReader; hooks: WriterHooks },
  ) {
    this.#paths = paths;
    this.#files = files;
    this.#reader = parts.reader;
    this.#hooks = parts.hooks;
    this.#stored = stored;
    this.#accepted = { ...stored };
    this.#queue = new WriteQueue(stored);
  }

  /** Opens a log, new or cut back to what is whole. */
  static async open(
    paths: LogPaths,
    parts: { reader: LogReader; hooks: WriterHooks },
  ): Promise<FileLogWriter> {
    return withLogErrors(paths.id, async () => {
      // The index first: bytes without an index are what is left of a log whose index was lost.
      const index = await openKept(paths.index);
      try {
        const files = { index, log: await openKept(paths.log) };
        return await FileLogWriter.#recover(paths, files, parts);
      } catch (error) {
        await index.close();
        throw error;
      }
    });
  }

  static async #recover(
    paths: LogPaths,
    files: OpenFiles,
    parts: { reader: LogReader; hooks: WriterHooks },
  ): Promise<FileLogWriter> {
    try {
      return new FileLogWriter(paths, files, await cutBack(files, emptyState()), parts);
    } catch (error) {
      await files.log.close();
      throw error;
    }
  }

  append(stream: number, bytes: Buffer, at: number): Promise<void> | void {
    if (!isStream(stream)) throw new RangeError(`no stream can be numbered ${stream}`);
    if (this.#closing) return refused(new AppError('E_STATE', 'The log is closed.'));
    if (this.#failure) return refused(this.#report(this.#failure));
    this.#accept(stream, bytes, at);
    this.#wake();
    const surplus = this.#accepted.bytes - this.#stored.bytes - MOST_WAITING;
    if (surplus > 0) return this.#until(this.#accepted.bytes - MOST_WAITING / 2);
  }

  position(): LogPosition {
    if (this.#failure?.reported && !this.#failure.final) this.#failure = null;
    return { stdout: this.#accepted.stdout, stderr: this.#accepted.stderr };
  }

  head(): LogHead {
    return { bytes: this.#stored.bytes, lines: this.#stored.lines };
  }

  /** Whether anything that was appended is not in the files yet. */
  get busy(): boolean {
    return this.#accepted.bytes > this.#stored.bytes;
  }

  async flush(): Promise<void> {
    if (this.#failure) throw this.#report(this.#failure);
    if (!this.busy) return;
    const stored = this.#until(this.#accepted.bytes);
    this.#writeAll();
    await stored;
  }

  async lastBytes(stream: 1 | 2, count: number): Promise<Buffer> {
    await this.flush();
    const to = stream === STDOUT ? this.#stored.stdout : this.#stored.stderr;
    const parts: Buffer[] = [];
    for await (const part of this.readStream(stream, Math.max(0, to - count), to)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *readStream(stream: 1 | 2, from: number, to: number): AsyncIterable<Buffer> {
    await this.flush();
    yield* this.#reader.readStream(stream, from, to);
  }

  /** Resolves when everything is on the disk itself, so that the engine's copy may be removed. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      if (!this.#failure?.reported) await this.flush();
      await withLogErrors(this.#paths.id, async () => {
        await this.#files.log.datasync();
        await this.#files.index.datasync();
      });
    } finally {
      await this.#writing;
      if (this.#timer) clearTimeout(this.#timer);
      await this.#files.log.close();
      await this.#files.index.close();
      this.#hooks.closed();
    }
  }

  #accept(stream: number, bytes: Buffer, at: number): void {
    this.#queue.add(stream, bytes, at);
    this.#accepted.bytes += bytes.length;
    if (stream === STDOUT) this.#accepted.stdout += bytes.length;
    if (stream === STDERR) this.#accepted.stderr += bytes.length;
  }

  /** Sees to it that what waits is written: now when it is a batch, else in a moment. */
  #wake(): void {
    if (this.#writing || !this.busy) return;
    if (this.#due || this.#queue.hasFull) this.#startWriting();
    else {
      const wait = Math.max(0, this.#lastWrite + FLUSH_MS - performance.now());
      this.#timer ??= setTimeout(() => this.#writeAll(), wait);
    }
  }

  #writeAll(): void {
    this.#due = true;
    if (!this.#writing) this.#startWriting();
  }

  #startWriting(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#write().finally(() => {
      this.#writing = null;
      this.#wake();
    });
  }

  async #write(): Promise<void> {
    for (let batch = this.#next(); batch; batch = this.#next()) {
      this.#lastWrite = performance.now();
      try {
        await this.#store(batch);
      } catch (error) {
        return this.#fail(error);
      }
    }
  }

  #next(): FinishedBatch | undefined {
    if (this.#due && !this.#queue.hasFull) {
      this.#due = false;
      this.#queue.endBatch();
    }
    return this.#queue.next();
  }

  async #store(batch: FinishedBatch): Promise<void> {
    await writeAt(this.#files.log, batch.bytes, this.#stored.bytes);
    await writeAt(this.#files.index, batch.records, this.#stored.records * RECORD_SIZE);
    this.#stored = batch.after;
    this.#queue.recycle(batch);
    this.#settle();
    this.#hooks.stored();
  }

  /** Drops what is not stored. Records that a broken-off write left whole stay: a reader may have seen them. */
  async #fail(error: unknown): Promise<void> {
    let final = false;
    try {
      this.#stored = await cutBack(this.#files, this.#stored);
    } catch {
      final = true;
    }
    this.#accepted = { ...this.#stored };
    this.#queue = new WriteQueue(this.#stored);
    const waiters = this.#waiters.splice(0);
    const reason = logFileError(error, this.#paths.id);
    this.#failure = { error: reason, reported: waiters.length > 0, final };
    for (const waiter of waiters) waiter.reject(reason);
    this.#hooks.failed(reason);
    this.#hooks.stored();
  }

  #report(failure: { error: unknown; reported: boolean }): unknown {
    failure.reported = true;
    return failure.error;
  }

  #until(until: number): Promise<void> {
    const promise = new Promise<void>((resolve, reject) => {
      this.#waiters.push({ until, resolve, reject });
    });
    return harmless(promise);
  }

  #settle(): void {
    const ready = this.#waiters.filter((waiter) => waiter.until <= this.#stored.bytes);
    if (ready.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => waiter.until > this.#stored.bytes);
    for (const waiter of ready) waiter.resolve();
  }
}

/** Every append and flush tells of a failure until the position is asked: who does not wait misses nothing. */
function harmless(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}

async function refuse(error: unknown): Promise<void> {
  throw error;
}

const refused = (error: unknown): Promise<void> => harmless(refuse(error));
