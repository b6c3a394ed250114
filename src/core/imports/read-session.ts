import { Worker } from 'node:worker_threads';
import { AppError, cancelled, fromErrorData, type ErrorData } from '../../shared/errors.ts';
import { checkCancelled } from '../scope.ts';
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
 * the caller. Cancelling ends the thread, and so may a folder; the next one gets another thread. What
 * was stored of a run that was not read to its end is the caller's to remove.
 */
export class ReadSession {
  readonly #workerFile: URL;
  readonly #data: ReadWorkerData;
  #worker: Worker | null = null;

  /** The thread is started when it is first needed. */
  constructor(workerFile: URL, data: ReadWorkerData) {
    this.#workerFile = workerFile;
    this.#data = data;
  }

  /** @throws AppError `E_CANCELLED`, and what reading a folder throws. */
  async read(request: ReadRequest, signal: AbortSignal): Promise<TrackedRun> {
    checkCancelled(signal, 'The import');
    const worker = (this.#worker ??= this.#start());
    const stop = () => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const reply = await this.#ask(worker, request);
      if ('error' in reply) throw fromErrorData(reply.error);
      return reply.run;
    } catch (error) {
      throw signal.aborted ? cancelled('The import') : error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, { workerData: this.#data, execArgv: [] });
    const forget = () => {
      if (this.#worker === worker) this.#worker = null;
    };
    return worker.on('error', forget).on('exit', forget);
  }

  #ask(worker: Worker, request: ReadRequest): Promise<ReadReply> {
    return new Promise((resolve, reject) => {
      const onMessage = (reply: ReadReply) => done(() => resolve(reply));
      const onEnd = (cause: unknown) => done(() => reject(stopped(cause)));
      const done = (settle: () => void) => {
        worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
        settle();
      };
      worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
      worker.postMessage(request);
    });
  }
}

const stopped = (cause: unknown): AppError =>
  new AppError('E_INTERNAL', 'Reading the run stopped unexpectedly.', {
    next: 'Try again; if it happens again, the run folder may be damaged.',
    ...(cause instanceof Error && { detail: cause.message, cause }),
  });
