import { stripVTControlCharacters } from 'node:util';
import type { LogChunk } from '../logs/log-store.ts';
import type { LineReader } from './pattern.ts';
import type { PointTaker } from './live-run.ts';

/** Of a line: what goes on longer was not printed for people to read. */
const LINE_LIMIT = 4096;

/** Reads metrics from what a run prints, as it comes: both streams, and each state of a progress bar. */
export class PrintedMetrics {
  readonly #readers: { read: LineReader; lines: number }[];
  readonly #points: PointTaker;
  readonly #rests = new Map<number, Buffer>();
  readonly #last = new Map<string, { step: number; value: number }>();

  constructor(readers: readonly LineReader[], points: PointTaker) {
    this.#readers = readers.map((read) => ({ read, lines: 0 }));
    this.#points = points;
  }

  take({ stream, at, bytes }: LogChunk): void {
    let from = 0;
    for (let to = 0; to < bytes.length; to++) {
      if (bytes[to] !== 10 && bytes[to] !== 13) continue;
      this.#line(this.#joined(stream, bytes.subarray(from, to)), at);
      this.#rests.delete(stream);
      from = to + 1;
    }
    if (from < bytes.length) {
      // A copy: what waits for its end must not hold on to the whole piece.
      this.#rests.set(stream, Buffer.from(this.#joined(stream, bytes.subarray(from))));
    }
  }

  /** The last lines may have no end. */
  finish(at: number): void {
    for (const rest of this.#rests.values()) this.#line(rest, at);
    this.#rests.clear();
  }

  #joined(stream: number, bytes: Buffer): Buffer {
    const rest = this.#rests.get(stream);
    const whole = rest && rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    return whole.subarray(0, LINE_LIMIT);
  }

  #line(bytes: Buffer, at: number): void {
    if (bytes.length === 0) return;
    const line = stripVTControlCharacters(bytes.toString('utf8'));
    for (const reader of this.#readers) {
      const found = reader.read(line);
      if (!found) continue;
      const step = found.step ?? reader.lines;
      reader.lines++;
      for (const [name, value] of found.values) {
        if (found.step === null || this.#isNew(name, step, value)) {
          this.#points.add(name, step, at, value);
        }
      }
    }
  }

  /** A progress bar shows the same step with the same value many times. */
  #isNew(name: string, step: number, value: number): boolean {
    const last = this.#last.get(name);
    if (last?.step === step && Object.is(last.value, value)) return false;
    this.#last.set(name, { step, value });
    return true;
  }
}
