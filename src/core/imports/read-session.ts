import { Worker } from 'node:worker_threads';
import { AppError, cancelled, fromErrorData, type ErrorData } from '../../shared/errors.ts';
import type { TrackedRun } from '../tracked/tracked-run.ts';

/** What the worker is started with: where metrics and logs are kept. */
export interface ReadWorkerData {
  metricsFile: string;
  logsFolder: string;
}

/** Read the run in `folder`; its metrics and console are stored as those of run `runId`. */
export interface ReadRequest {
  folder: string;
  runId: string;
  /** False for a run whose console Slipway has itself. */
  console: boolean;
}

export type ReadReply = { run: TrackedRun } | { error: ErrorData };

/**
 * Reads run folders on a worker thread, one after the other: a file of many megabytes does not hold up
 * the caller. Cancelling ends the thread; what it had stored of the run is the caller's to remove.
 */
export class ReadSession {
  readonly #worker: Worker;

  constructor(workerFile: URL, data: ReadWorkerData) {
    this.#worker = new Worker(workerFile, { workerData: data, execArgv: [] });
  }

  /** @throws AppError `E_CANCELLED`, and what reading a folder throws. */
  async read(request: ReadRequest, signal: AbortSignal): Promise<TrackedRun> {
    const stop = () => void this.#worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const reply = await this.#ask(request);
      if ('error' in reply) throw fromErrorData(reply.error);
      return reply.run;
    } catch (error) {
      throw signal.aborted ? cancelled('The import') : error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(request: ReadRequest): Promise<ReadReply> {
    return new Promise((resolve, reject) => {
      const onMessage = (reply: ReadReply) => done(() => resolve(reply));
      const onEnd = (cause: unknown) => done(() => reject(stopped(cause)));
      const done = (settle: () => void) => {
        this.#worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
        settle();
      };
      this.#worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
      this.#worker.postMessage(request);
    });
  }
}

const stopped = (cause: unknown): AppError =>
  new AppError('E_INTERNAL', 'Reading the run stopped unexpectedly.', {
    next: 'Try again; if it happens again, the run folder may be damaged.',
    ...(cause instanceof Error && { detail: cause.message, cause }),
  });
