import type { StepSink } from '../engines/engine.ts';

/** What a builder's output says, one builder or the other. `key` names the step for its builder. */
export type StepEvent =
  | { type: 'begin'; key: string; name: string }
  | { type: 'output'; key: string; bytes: Buffer }
  | { type: 'end'; key: string; state: 'done' | 'cached' | 'failed' };

export interface BuildFailure {
  /** The instruction that failed, as the Dockerfile has it; null when the builder does not tell. */
  instruction: string | null;
  exitCode: number | null;
  /** The builder's own words. */
  message: string;
}

/** Reads the JSON records of one kind of builder. */
export interface ProgressReader {
  read(record: unknown): StepEvent[];
  /** `sha256:...` once the image is made. */
  readonly imageId: string | null;
  readonly failure: BuildFailure | null;
}

const TAIL_LIMIT = 4096;

/** Hands a builder's events to a sink as numbered steps, and keeps the end of the last one's output. */
export class StepReporter {
  readonly #sink: StepSink;
  readonly #open = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  #next: number;
  #tail = Buffer.alloc(0);
  #tailOf = -1;

  /** `first`: index of the first step it reports. */
  constructor(sink: StepSink, first = 0) {
    this.#sink = sink;
    this.#next = first;
  }

  /** The end of what the step printed that printed last. */
  get lastOutput(): string {
    return this.#tail.toString('utf8');
  }

  async report(event: StepEvent): Promise<void> {
    if (event.type === 'begin') this.#begin(event.key, event.name);
    else if (event.type === 'end') this.#end(event.key, event.state);
    else await this.#output(event.key, event.bytes);
  }

  /** Ends what has begun and not ended. */
  endOpen(state: 'done' | 'failed' | 'cancelled'): void {
    for (const index of this.#open.values()) this.#sink.end(index, state);
    this.#open.clear();
  }

  #begin(key: string, name: string): void {
    if (this.#seen.has(key)) return;
    const index = this.#next++;
    this.#seen.set(key, index);
    this.#open.set(key, index);
    this.#sink.begin(index, name);
  }

  async #output(key: string, bytes: Buffer): Promise<void> {
    const index = this.#seen.get(key);
    if (index === undefined) return;
    this.#keepEnd(index, bytes);
    await this.#sink.output(index, bytes);
  }

  #keepEnd(index: number, bytes: Buffer): void {
    const before = index === this.#tailOf ? this.#tail : Buffer.alloc(0);
    this.#tail = Buffer.concat([before, bytes]).subarray(-TAIL_LIMIT);
    this.#tailOf = index;
  }

  #end(key: string, state: 'done' | 'cached' | 'failed'): void {
    const index = this.#open.get(key);
    if (index === undefined) return;
    this.#open.delete(key);
    this.#sink.end(index, state);
  }
}

/** What a person calls an instruction of the generated Dockerfile; others keep their own text. */
export function friendlyStepName(instruction: string): string {
  if (/^RUN .*\bpip install\b.* -r requirements\.txt$/.test(instruction)) {
    return 'pip install -r requirements.txt';
  }
  if (/^RUN if command -v python3 .*-m venv/.test(instruction)) return 'python3 -m venv /env';
  if (/^RUN grep -q .*\/etc\/passwd/.test(instruction)) return 'Add the user "launch"';
  if (/^COPY .*\bcode\/ /.test(instruction)) return 'Copy the code';
  return instruction;
}
