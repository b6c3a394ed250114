import type { BuildStep } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { StepsRepo } from '../db/steps-repo.ts';
import type { StepSink } from '../engines/engine.ts';
import type { LogWriter } from '../logs/log-store.ts';

/** The id of a run's build log in the log store. */
export const buildLogId = (runId: string): string => `build-${runId}`;

/** Keeps a build as it happens: a row a step, and all output in the build log under the step's index. */
export class BuildRecorder implements StepSink {
  readonly #steps = new Map<number, BuildStep>();
  readonly #runId: string;
  readonly #repo: StepsRepo;
  readonly #log: LogWriter;
  readonly #clock: Clock;
  readonly #onFirstStep: () => void;

  constructor(
    runId: string,
    parts: { steps: StepsRepo; log: LogWriter; clock: Clock; onFirstStep: () => void },
  ) {
    this.#runId = runId;
    this.#repo = parts.steps;
    this.#log = parts.log;
    this.#clock = parts.clock;
    this.#onFirstStep = parts.onFirstStep;
  }

  begin(index: number, name: string): void {
    if (this.#steps.size === 0) this.#onFirstStep();
    const startedAt = this.#clock.now();
    this.#put({ runId: this.#runId, index, name, state: 'running', startedAt, endedAt: null });
  }

  output(index: number, bytes: Buffer): Promise<void> | void {
    return this.#log.append(index, bytes, this.#clock.now());
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

  #put(step: BuildStep): void {
    this.#steps.set(step.index, step);
    this.#repo.put(step);
  }
}
