import { type LogLine, STDOUT } from '../../shared/contract/log-stream.ts';
import type { IndexRecord } from './index-record.ts';
import { type LogPaths, withLogErrors } from './log-files.ts';
import type { LogChunk, LogHead } from './log-store.ts';
import { type LogView, LogViews } from './log-view.ts';
import { readPage, readWindow } from './page-lines.ts';

const STREAM_WINDOW = 256 * 1024;
const MOST_READ = 8 * 1024 * 1024;

/** Reads one log, by line, by byte or by stream, also while it is written. */
export class LogReader {
  readonly #id: string;
  readonly #views: LogViews;

  constructor(paths: LogPaths) {
    this.#id = paths.id;
    this.#views = new LogViews(paths);
  }

  /** To be called when the files were cut or removed. */
  forget(): void {
    this.#views.forget();
  }

  head(): Promise<LogHead> {
    return this.use((view) => Promise.resolve(view.head));
  }

  page(first: number, count: number): Promise<LogLine[]> {
    return this.use((view) => readPage(view, Math.trunc(first), Math.trunc(count)));
  }

  read(offset: number, limit: number): Promise<LogChunk[]> {
    const from = Math.max(0, offset);
    return this.use((view) => {
      const to = Math.min(view.head.bytes, from + Math.min(limit, MOST_READ));
      return readChunks(view, from, to);
    });
  }

  /** The bytes [from, to) of one stream, as far as they are stored. */
  async *readStream(stream: 1 | 2, from: number, to: number): AsyncGenerator<Buffer> {
    let offset = await this.use((view) => placeOf(view, stream, from));
    for (let left = to - from; left > 0;) {
      const chunks = await this.read(offset, STREAM_WINDOW);
      const end = chunks.at(-1);
      if (!end) return;
      offset = end.offset + end.bytes.length;
      const part = Buffer.concat(chunks.filter((chunk) => chunk.stream === stream).map(bytesOf));
      if (part.length > 0) yield part.subarray(0, left);
      left -= part.length;
    }
  }

  /** Does several reads on the log as it is now. */
  use<T>(work: (view: LogView) => Promise<T>): Promise<T> {
    return withLogErrors(this.#id, () => this.#views.use(work));
  }
}

const bytesOf = (chunk: LogChunk): Buffer => chunk.bytes;

async function readChunks(view: LogView, offset: number, to: number): Promise<LogChunk[]> {
  if (to <= offset) return [];
  const { bytes, pieces } = await readWindow(view, offset, to);
  return pieces.map((piece) => {
    const start = Math.max(0, piece.offset - offset);
    const end = piece.offset + piece.length - offset;
    const { stream, at } = piece;
    return { offset: offset + start, stream, at, bytes: bytes.subarray(start, end) };
  });
}

/** The offset of byte `position` of a stream in the whole log; the log's end when it is not stored. */
async function placeOf({ index, head }: LogView, stream: 1 | 2, position: number): Promise<number> {
  const before = (record: IndexRecord) => (stream === STDOUT ? record.stdout : record.stderr);
  const found = await index.search(before, position);
  if (found < 0) return head.bytes;
  const piece = await index.record(found);
  const inside = position - before(piece);
  return piece.stream === stream && inside < piece.length ? piece.offset + inside : head.bytes;
}
