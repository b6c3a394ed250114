import { mkdir, rm } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import { failureLine } from './failure-line.ts';
import { lineAt } from './line-at.ts';
import { logPaths, withLogErrors } from './log-files.ts';
import { LogGrowth } from './log-growth.ts';
import { LogReader } from './log-reader.ts';
import type { LogHead, LogStore, LogWriter } from './log-store.ts';
import { tailLog } from './log-tail.ts';
import { watchLog } from './log-watch.ts';
import { FileLogWriter } from './log-writer.ts';
import type { LinesView, ViewChoice } from './views/lines-view.ts';
import { openView } from './views/open-view.ts';

/** Logs of which it is remembered how they lie in their files. */
const MOST_READERS = 32;
const MOST_FOLDED = 8;
/** Last lines that are searched for why a run failed: a traceback can be long. */
const FAILURE_LINES = 3000;

/** Logs as files in `folder`, which is made when the first one is written. Opens and starts nothing by itself. */
export const createLogStore = (folder: string, onFault: OnFault = () => undefined): LogStore =>
  new FileLogStore(folder, onFault);

/** Is told of what keeps a log from being written, beside who writes it. */
type OnFault = (error: unknown) => void;

class FileLogStore implements LogStore {
  readonly #folder: string;
  readonly #growth = new LogGrowth();
  readonly #readers = new Map<string, LogReader>();
  /** What was folded, to be shown again at once. */
  readonly #folded = new Map<string, LinesView>();
  /** Logs with a writer of this process, from the moment it is being opened. */
  readonly #written = new Set<string>();

  readonly #onFault: OnFault;

  constructor(folder: string, onFault: OnFault) {
    this.#folder = folder;
    this.#onFault = onFault;
  }

  async openWriter(id: string): Promise<LogWriter> {
    const paths = logPaths(this.#folder, id);
    this.#refuseWritten(id);
    this.#written.add(id);
    const closed = () => {
      this.#written.delete(id);
      this.#growth.closed(id);
    };
    try {
      await withLogErrors(id, () => mkdir(this.#folder, { recursive: true, mode: 0o700 }));
      const reader = this.#reader(id);
      const hooks = { stored: () => this.#growth.tell(id), closed, failed: this.#onFault };
      const writer = await FileLogWriter.open(paths, { reader, hooks });
      reader.forget();
      this.#growth.opened(id, writer);
      return writer;
    } catch (error) {
      this.#written.delete(id);
      this.#onFault(error);
      throw error;
    }
  }

  async head(id: string): Promise<LogHead> {
    const reader = this.#reader(id);
    return this.#growth.writer(id)?.head() ?? reader.head();
  }

  async page(id: string, first: number, count: number) {
    return this.#reader(id).page(first, count);
  }

  view(id: string, choice: ViewChoice): LinesView {
    const reader = this.#reader(id);
    if (!choice.folded) return openView(reader, choice);
    const key = `${id} ${choice.streams?.join() ?? 'all'}`;
    const view = this.#folded.get(key) ?? openView(reader, choice);
    this.#folded.delete(key);
    this.#folded.set(key, view);
    const [oldest] = this.#folded.keys();
    if (this.#folded.size > MOST_FOLDED && oldest !== undefined) this.#folded.delete(oldest);
    return view;
  }

  async lineAt(id: string, at: number): Promise<number | null> {
    return this.#reader(id).use((view) => lineAt(view, at));
  }

  async failure(id: string): Promise<number | null> {
    const { lines } = await this.head(id);
    const first = Math.max(0, lines - FAILURE_LINES);
    const found = failureLine(await this.page(id, first, lines - first));
    return found === null ? null : first + found;
  }

  async read(id: string, offset: number, limit: number) {
    return this.#reader(id).read(offset, limit);
  }

  tail(id: string, offset: number, ended: () => boolean, signal: AbortSignal) {
    const parts = { growth: this.#growth, read: this.read.bind(this) };
    return tailLog(parts, id, offset, ended, signal);
  }

  watch(id: string, everyMs: number, listener: (head: LogHead) => void): () => void {
    logPaths(this.#folder, id);
    const parts = { growth: this.#growth, head: this.head.bind(this) };
    return watchLog(parts, id, everyMs, listener);
  }

  async remove(id: string): Promise<void> {
    const paths = logPaths(this.#folder, id);
    this.#refuseWritten(id);
    await withLogErrors(id, async () => {
      await rm(paths.log, { force: true });
      await rm(paths.index, { force: true });
    });
    this.#readers.delete(id);
    for (const key of this.#folded.keys()) if (key.startsWith(`${id} `)) this.#folded.delete(key);
    this.#growth.tell(id);
  }

  #refuseWritten(id: string): void {
    if (!this.#written.has(id)) return;
    throw new AppError('E_STATE', `The log of ${id} is being written.`, {
      next: 'Wait until its run has ended.',
    });
  }

  /** The reader of a log; those used last are kept. */
  #reader(id: string): LogReader {
    const reader = this.#readers.get(id) ?? new LogReader(logPaths(this.#folder, id));
    this.#readers.delete(id);
    this.#readers.set(id, reader);
    const [oldest] = this.#readers.keys();
    if (this.#readers.size > MOST_READERS && oldest !== undefined) this.#readers.delete(oldest);
    return reader;
  }
}
