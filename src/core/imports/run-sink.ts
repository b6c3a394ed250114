import { STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import type { LogStore, LogWriter } from '../logs/log-store.ts';
import { valueMasker, type ValueMasker } from '../logs/mask-values.ts';
import { PointBuffer } from '../metrics/series-codec.ts';
import type { SeriesStore } from '../metrics/series-store.ts';
import type {
  ConsolePiece,
  HistoryRow,
  SystemSample,
  TrackedRun,
  TrackedRunSink,
} from '../tracked/tracked-run.ts';

/** Points that are kept back until they are worth a transaction. */
const POINTS_AT_ONCE = 50_000;

interface Stores {
  series: SeriesStore;
  logs: LogStore;
}

/** Stores what a run has much of while it is read: numbers as series, console text as the run's log. */
export class RunSink implements TrackedRunSink {
  readonly #series: SeriesStore;
  readonly #log: LogWriter | null;
  readonly #runId: string;
  /** What the points are stored under. */
  readonly #id: string;
  readonly #masker: ValueMasker;
  #waiting = new Map<string, PointBuffer>();
  #count = 0;
  #rows = 0;
  #samples = 0;

  private constructor(
    series: SeriesStore,
    log: LogWriter | null,
    runId: string,
    masker: ValueMasker,
  ) {
    this.#masker = masker;
    this.#series = series;
    this.#log = log;
    this.#runId = runId;
    this.#id = log ? runId : `${runId}/read`;
    series.clear(this.#id);
  }

  /**
   * Starts anew: what an earlier import stored under the id is gone. Without `console` it is a run that
   * Slipway executed: its log stays, and so do the metrics that were seen live until `settle`.
   */
  static async open(
    { series, logs }: Stores,
    runId: string,
    console: boolean,
    masker = valueMasker([]),
  ): Promise<RunSink> {
    if (!console) return new RunSink(series, null, runId, masker);
    await logs.remove(runId);
    return new RunSink(series, await logs.openWriter(runId), runId, masker);
  }

  /**
   * Decides between what was read and what was seen live. The SDK writes in large blocks: where it was
   * killed, its file may hold less than was seen.
   */
  settle({ exitCode, rows }: Pick<TrackedRun, 'exitCode' | 'rows'>): void {
    this.#store();
    if (this.#id === this.#runId) return;
    const hasMore = exitCode !== null || rows >= this.#series.longest(this.#runId, 'code');
    if (rows > 0 && hasMore) this.#series.replaceCode(this.#runId, this.#id);
  }

  history(rows: HistoryRow[]): void {
    for (const { step, time, values } of rows) {
      const row = this.#rows++;
      // Not `Object.entries`: there are millions of values. They have no prototype.
      for (const name in values) {
        const value = values[name];
        if (typeof value === 'number') this.#add(name, step ?? row, time, value);
      }
    }
    this.#storeIfMany();
  }

  /** Measurements of the machine are series beside the code's own, under `system/`. */
  system(samples: SystemSample[]): void {
    for (const { time, values } of samples) {
      const step = this.#samples++;
      for (const [name, value] of Object.entries(values)) {
        this.#add(`system/${name}`, step, time, value);
      }
    }
    this.#storeIfMany();
  }

  async console(pieces: ConsolePiece[]): Promise<void> {
    if (!this.#log) return;
    for (const { stream, time, bytes } of joined(pieces)) {
      const space = this.#log.append(stream === 'stdout' ? STDOUT : STDERR, bytes, time ?? 0);
      if (space) await space;
    }
  }

  async close(): Promise<void> {
    this.#store();
    if (this.#id !== this.#runId) this.#series.clear(this.#id);
    await this.#log?.close();
  }

  #add(name: string, step: number, at: number | null, value: number): void {
    let points = this.#waiting.get(name);
    if (!points) this.#waiting.set(name, (points = new PointBuffer()));
    points.add(step, at, value);
    this.#count++;
  }

  #storeIfMany(): void {
    if (this.#count >= POINTS_AT_ONCE) this.#store();
  }

  #masked(): Map<string, PointBuffer> {
    return new Map([...this.#waiting].map(([name, points]) => [this.#masker.text(name), points]));
  }

  #store(): void {
    if (this.#count > 0) this.#series.append(this.#id, this.#masked());
    this.#waiting = new Map();
    this.#count = 0;
  }
}

/** The SDK keeps a line and its end apart: what was written at one time to one stream is one piece. */
function* joined(pieces: readonly ConsolePiece[]): Iterable<ConsolePiece> {
  let from = 0;
  for (let to = 1; to <= pieces.length; to++) {
    const [first, next] = [pieces[from]!, pieces[to]];
    if (next && next.stream === first.stream && next.time === first.time) continue;
    const parts = pieces.slice(from, to);
    yield parts.length === 1
      ? first
      : { ...first, bytes: Buffer.concat(parts.map(({ bytes }) => bytes)) };
    from = to;
  }
}
