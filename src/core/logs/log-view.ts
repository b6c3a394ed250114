import type { FileHandle } from 'node:fs/promises';
import { type IndexRecord, RECORD_SIZE } from './index-record.ts';
import { damaged, type LogPaths, openIfThere, readAt } from './log-files.ts';
import { BlockCache, DamagedIndex, fromFile, fromMemory, LogIndex } from './log-index.ts';
import type { LogHead } from './log-store.ts';
import { rebuildIndex } from './rebuild-index.ts';

/** A log opened for one read: how much of it is stored, its index and its bytes. */
export interface LogView {
  head: LogHead;
  index: LogIndex;
  /** All of the bytes [from, to). */
  bytes(from: number, to: number): Promise<Buffer>;
}

/** What was found out about an index; true as long as the file and its size stay. */
interface Known {
  inode: number;
  /** -1 when there is no index file. */
  size: number;
  records: number;
  head: LogHead;
  blocks: BlockCache;
  /** The index in memory that stands in for a damaged one. */
  rebuilt: Buffer | null;
}

interface Files {
  log: FileHandle | null;
  index: FileHandle | null;
}

/**
 * Opens one log for reads, and remembers between them what costs time to find out. Readers see what
 * whole records cover, which may grow from one read to the next.
 */
export class LogViews {
  readonly #paths: LogPaths;
  #known: Known | null = null;

  constructor(paths: LogPaths) {
    this.#paths = paths;
  }

  /** Forgets what was remembered, such as when the files were cut or removed. */
  forget(): void {
    this.#known = null;
  }

  async use<T>(work: (view: LogView) => Promise<T>): Promise<T> {
    // In this order: a writer makes the index first, so that a log without one is a damaged one.
    const log = await openIfThere(this.#paths.log);
    try {
      const index = await openIfThere(this.#paths.index);
      try {
        return await this.#useFiles({ log, index }, work);
      } finally {
        await index?.close();
      }
    } finally {
      await log?.close();
    }
  }

  async #useFiles<T>(files: Files, work: (view: LogView) => Promise<T>): Promise<T> {
    try {
      return await work(this.#view(files, await this.#refresh(files)));
    } catch (error) {
      if (!(error instanceof DamagedIndex)) throw error;
      return await this.#useRebuilt(files, work);
    }
  }

  async #useRebuilt<T>(files: Files, work: (view: LogView) => Promise<T>): Promise<T> {
    try {
      return await work(this.#view(files, await this.#rebuild(files)));
    } catch (error) {
      if (error instanceof DamagedIndex) throw damaged(this.#paths.id, error.message, error);
      throw error;
    }
  }

  #view({ log, index }: Files, { head, records, blocks, rebuilt }: Known): LogView {
    const source = index && !rebuilt ? fromFile(index) : fromMemory(rebuilt ?? Buffer.alloc(0));
    const bytes = async (from: number, to: number) => {
      const found = log ? await readAt(log, from, to - from) : null;
      if (found?.length !== to - from) throw new DamagedIndex('some of its bytes are missing');
      return found;
    };
    return { head, index: new LogIndex(source, blocks, records), bytes };
  }

  async #refresh({ log, index }: Files): Promise<Known> {
    if (!index) return this.#refreshWithoutIndex(log);
    const { ino: inode, size } = await index.stat();
    const before = this.#known?.inode === inode && this.#known.size <= size ? this.#known : null;
    if (before?.size === size) return before;
    const blocks = before && !before.rebuilt ? before.blocks : new BlockCache();
    const count = Math.floor(size / RECORD_SIZE);
    // The bytes are looked at after the records, as they are written before them.
    const logSize = log ? (await log.stat()).size : 0;
    const last = await lastWhole(new LogIndex(fromFile(index), blocks, count), logSize);
    if (last.records === 0 && count > 0) throw new DamagedIndex('its index is damaged');
    if (last.records < count)
      return { inode, size, blocks: new BlockCache(), rebuilt: null, ...last };
    return this.#remember({ inode, size, blocks, rebuilt: null, ...last });
  }

  async #refreshWithoutIndex(log: FileHandle | null): Promise<Known> {
    if (log) {
      const { ino } = await log.stat();
      if (this.#known?.size === -1 && this.#known.inode === ino) return this.#known;
      throw new DamagedIndex('its index is missing');
    }
    const blocks = new BlockCache();
    return { inode: 0, size: -1, blocks, rebuilt: null, ...upTo(0, null) };
  }

  async #rebuild({ log, index }: Files): Promise<Known> {
    if (!log) throw damaged(this.#paths.id, 'its text is gone');
    const { ino: inode, size } = await (index ?? log).stat();
    const rebuilt = await rebuildIndex(log, index, (await log.stat()).size);
    const records = rebuilt.length / RECORD_SIZE;
    const blocks = new BlockCache();
    const whole = new LogIndex(fromMemory(rebuilt), blocks, records);
    const last = records > 0 ? await whole.record(records - 1) : null;
    const mark = { inode, size: index ? size : -1 };
    return this.#remember({ ...mark, blocks, rebuilt, ...upTo(records, last) });
  }

  #remember(known: Known): Known {
    this.#known = known;
    return known;
  }
}

type Extent = Pick<Known, 'records' | 'head'>;

function upTo(records: number, last: IndexRecord | null): Extent {
  if (!last) return { records, head: { bytes: 0, lines: 0 } };
  const { offset, length, lines, begins } = last;
  return { records, head: { bytes: offset + length, lines: lines + begins } };
}

/** Up to the last record that is whole and whose bytes are there. */
async function lastWhole(index: LogIndex, logSize: number): Promise<Extent> {
  for (let at = index.count - 1; at >= 0; at--) {
    const record = await index.recordIfWhole(at);
    if (record && record.offset + record.length <= logSize) return upTo(at + 1, record);
  }
  return upTo(0, null);
}
