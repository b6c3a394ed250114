import type { LogSink, StepSink } from '../../engine.ts';

/** A log in memory, for tests. */
export class MemorySink implements LogSink {
  readonly chunks: { stream: 1 | 2; bytes: Buffer; at: number }[] = [];
  readonly masks: readonly Buffer[];
  readonly #position = { stdout: 0, stderr: 0 };
  /** Called before each append; a returned promise is back-pressure. */
  onAppend: ((stream: 1 | 2, bytes: Buffer) => Promise<void> | void) | null = null;

  constructor(masks: readonly Buffer[] = []) {
    this.masks = masks;
  }

  append(stream: 1 | 2, bytes: Buffer, at: number): Promise<void> | void {
    this.chunks.push({ stream, bytes: Buffer.from(bytes), at });
    this.#position[stream === 1 ? 'stdout' : 'stderr'] += bytes.length;
    return this.onAppend?.(stream, bytes);
  }

  position(): { stdout: number; stderr: number } {
    return { ...this.#position };
  }

  all(stream: 1 | 2): Buffer {
    return Buffer.concat(this.chunks.filter((c) => c.stream === stream).map((c) => c.bytes));
  }

  lastBytes(stream: 1 | 2, count: number): Promise<Buffer> {
    const all = this.all(stream);
    return Promise.resolve(all.subarray(Math.max(0, all.length - count)));
  }

  async *readStream(stream: 1 | 2, from: number, to: number): AsyncGenerator<Buffer> {
    yield await Promise.resolve(this.all(stream).subarray(from, to));
  }
}

export interface RecordedStep {
  name: string;
  state: 'running' | 'done' | 'cached' | 'failed' | 'cancelled';
  output: string;
}

/** Keeps what a build reports, for tests. */
export class RecordedSteps implements StepSink {
  readonly steps: RecordedStep[] = [];

  begin(index: number, name: string): void {
    if (this.steps[index]) throw new Error(`step ${index} began twice`);
    this.steps[index] = { name, state: 'running', output: '' };
  }

  output(index: number, bytes: Buffer): void {
    this.#step(index).output += bytes.toString('utf8');
  }

  end(index: number, state: 'done' | 'cached' | 'failed' | 'cancelled'): void {
    if (this.#step(index).state !== 'running') throw new Error(`step ${index} ended twice`);
    this.#step(index).state = state;
  }

  #step(index: number): RecordedStep {
    const step = this.steps[index];
    if (!step) throw new Error(`step ${index} never began`);
    return step;
  }
}
