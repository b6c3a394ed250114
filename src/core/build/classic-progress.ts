import * as z from 'zod/mini';
import {
  friendlyStepName,
  type BuildFailure,
  type ProgressReader,
  type StepEvent,
} from './step-events.ts';

const streamSchema = z.object({ stream: z.string() });
const imageSchema = z.object({ aux: z.object({ ID: z.string() }) });
const errorSchema = z.object({
  error: z.string(),
  errorDetail: z.optional(z.object({ code: z.optional(z.number()) })),
});

interface Step {
  number: number;
  instruction: string;
  cached: boolean;
  /** False until the line end that the builder writes after the step's own line. */
  announced: boolean;
  /** The container it runs in; null for one that runs nothing, and once that is removed. */
  container: string | null;
  /** Whether the program in it printed anything: from then on a line may be the program's. */
  printed: boolean;
}

/** Reads what the classic builder answers: its text, one JSON record per write. */
export class ClassicProgress implements ProgressReader {
  imageId: string | null = null;
  failure: BuildFailure | null = null;
  #step: Step | null = null;
  #total: string | null = null;

  /** The container that the builder runs a step in now. */
  get container(): string | null {
    return this.#step?.container ?? null;
  }

  read(record: unknown): StepEvent[] {
    const text = z.safeParse(streamSchema, record);
    if (text.success) return this.#text(text.data.stream);
    const image = z.safeParse(imageSchema, record);
    if (image.success) {
      this.imageId = image.data.aux.ID;
      return this.#endStep('done');
    }
    const error = z.safeParse(errorSchema, record);
    return error.success ? this.#fail(error.data.error, error.data.errorDetail?.code) : [];
  }

  #text(text: string): StepEvent[] {
    const begun = /^Step (\d+)\/(\d+) : ([^]*)$/.exec(text);
    // A program may print such a line too: only the next number of the same total is a step.
    if (begun && this.#isNext(begun[1], begun[2])) return this.#begin(begun[3]?.trim() ?? '');
    if (!this.#step) return [];
    if (!this.#step.announced && text === '\n') {
      this.#step.announced = true;
      return [];
    }
    if (text === ' ---> Using cache\n') this.#step.cached = true;
    this.#noteContainer(this.#step, text);
    if (/^ ---> |^Removing intermediate container |^Successfully (?:built|tagged) /.test(text))
      return [];
    this.#step.printed = true;
    return [{ type: 'output', key: String(this.#step.number), bytes: Buffer.from(text) }];
  }

  #noteContainer(step: Step, text: string): void {
    const running = /^ ---> Running in ([0-9a-f]{12})\n$/.exec(text)?.[1];
    if (running && !step.printed) step.container ??= running;
    if (text === `Removing intermediate container ${step.container}\n`) step.container = null;
  }

  #isNext(number: string | undefined, total: string | undefined): boolean {
    if (this.#total !== null && total !== this.#total) return false;
    if (Number(number) !== (this.#step?.number ?? 0) + 1) return false;
    this.#total = total ?? null;
    return true;
  }

  #begin(instruction: string): StepEvent[] {
    const ended = this.#endStep('done');
    this.#step = {
      number: (this.#step?.number ?? 0) + 1,
      instruction,
      cached: false,
      announced: false,
      container: null,
      printed: false,
    };
    // The labels that were asked for with the build appear as instructions at its end.
    if (instruction.startsWith('LABEL dev.slipway.')) return ended;
    const key = String(this.#step.number);
    const name = friendlyStepName(instruction);
    const begin: StepEvent = { type: 'begin', key, name };
    if (name === instruction) return [...ended, begin];
    return [...ended, begin, { type: 'output', key, bytes: Buffer.from(`${instruction}\n`) }];
  }

  #endStep(state: 'done' | 'failed'): StepEvent[] {
    if (!this.#step) return [];
    const { number, cached } = this.#step;
    return [{ type: 'end', key: String(number), state: cached ? 'cached' : state }];
  }

  #fail(message: string, code: number | undefined): StepEvent[] {
    const instruction = this.#step?.instruction ?? null;
    this.failure = { instruction, exitCode: code ?? null, message };
    return this.#endStep('failed');
  }
}
