import type { BuildStep } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { StepsRepo } from '../db/steps-repo.ts';
import type { StepSink } from '../engines/engine.ts';
import type { LogWriter } from '../logs/log-store.ts';
import { isPassing } from './failure.ts';

/** The id of a run's build log in the log store. */
export const buildLogId = (runId: string): string => `build-${runId}`;

/** Keeps a build as it happens: a row a step, and all output in the build log under the step's index. */
export class BuildRecorder implements StepSink {
  readonly #steps = new Map<number, BuildStep>();
  readonly #runId: string;
  readonly #repo: StepsRepo;
  readonly #openLog: () => Promise<LogWriter>;
  readonly #clock: Clock;
  readonly #onFirstStep: () => void;
  /** Steps that are not written down as they are now: the disk was full, or the database locked. */
  readonly #unsaved = new Set<number>();
  #isEntered = false;
  /** Opened by the first output: most launches build nothing. */
  #log: Promise<LogWriter> | null = null;

  constructor(
    runId: string,
    parts: {
      steps: StepsRepo;
      openLog: () => Promise<LogWriter>;
      clock: Clock;
      onFirstStep: () => void;
    },
  ) {
    this.#runId = runId;
    this.#repo = parts.steps;
    this.#openLog = parts.openLog;
    this.#clock = parts.clock;
    this.#onFirstStep = parts.onFirstStep;
  }

  /** Whether anything was built. */
  get hasBegun(): boolean {
    return this.#steps.size > 0;
  }

  begin(index: number, name: string): void {
    const startedAt = this.#clock.now();
    this.#put({ runId: this.#runId, index, name, state: 'running', startedAt, endedAt: null });
  }

  async output(index: number, bytes: Buffer): Promise<void> {
    this.#log ??= this.#openLog();
    await (await this.#log).append(index, bytes, this.#clock.now());
  }

  async close(): Promise<void> {
    await (await this.#log)?.close();
  }

  end(index: number, state: 'done' | 'cached' | 'failed' | 'cancelled'): void {
    const step = this.#steps.get(index);
    if (step) this.#put({ ...step, state, endedAt: this.#clock.now() });
  }

  /** Ends the steps that a broken-off build left open. */
  endOpen(state: 'failed' | 'cancelled'): void {
    for (const step of this.#steps.values()) {
      if (step.state === 'running') this.end(step.index, state);
    }
  }

  /** Writes down what could not be written before. @throws AppError when it still cannot */
  save(): void {
    if (!this.hasBegun) return;
    if (!this.#isEntered) this.#onFirstStep();
    this.#isEntered = true;
    for (const index of this.#unsaved) {
      this.#repo.put(this.#steps.get(index)!);
      this.#unsaved.delete(index);
    }
  }

  /** What passes does not break a build off. */
  #put(step: BuildStep): void {
    this.#steps.set(step.index, step);
    this.#unsaved.add(step.index);
    try {
      this.save();
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }
}
