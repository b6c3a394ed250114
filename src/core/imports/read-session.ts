import { Worker } from 'node:worker_threads';
import type { MetricNews, MetricSeries } from '../../shared/domain/tracked.ts';
import { AppError, cancelled, fromErrorData, type ErrorData } from '../../shared/errors.ts';
import type { SeriesHave } from '../metrics/series-store.ts';
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
  /** Secrets that are masked in the names of its metrics. */
  masks?: readonly string[];
}

/** Read the stored metrics of a run, see `SeriesStore.read`. */
export interface SeriesRequest {
  runId: string;
  limit: number;
}

/** Read what is new of them, see `SeriesStore.readSince`. */
export interface NewsRequest extends SeriesRequest {
  have: SeriesHave[];
}

/** What the worker is asked, by name, and what it answers. */
export interface Questions {
  run: { request: ReadRequest; answer: TrackedRun };
  series: { request: SeriesRequest; answer: MetricSeries[] };
  news: { request: NewsRequest; answer: MetricNews };
}

export type Question = {
  [Name in keyof Questions]: { name: Name; request: Questions[Name]['request'] };
}[keyof Questions];

export type Answer = Questions[keyof Questions]['answer'];

export type ReadReply = { answer: Answer } | { error: ErrorData };

/**
 * Reads run folders and stored metrics on a worker thread, one after the other: many megabytes do not
 * hold up the caller. Cancelling ends the thread, and so may a folder; the next one gets another thread.
 * What was stored of a run that was not read to its end is the caller's to remove.
 */
export class ReadSession {
  readonly #workerFile: URL;
  readonly #data: ReadWorkerData;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** The thread is started when it is first needed, and keeps the process alive only while it reads. */
  constructor(workerFile: URL, data: ReadWorkerData) {
    this.#workerFile = workerFile;
    this.#data = data;
  }

  /** @throws AppError `E_CANCELLED`, and what reading a folder throws. */
  read(request: ReadRequest, signal: AbortSignal): Promise<TrackedRun> {
    return this.#inTurn({ name: 'run', request }, signal) as Promise<TrackedRun>;
  }

  /** The metrics of a run as `SeriesStore.read` gives them. */
  readSeries(request: SeriesRequest, signal: AbortSignal): Promise<MetricSeries[]> {
    return this.#inTurn({ name: 'series', request }, signal) as Promise<MetricSeries[]>;
  }

  /** As `SeriesStore.readSince` gives it. */
  readNews(request: NewsRequest, signal: AbortSignal): Promise<MetricNews> {
    return this.#inTurn({ name: 'news', request }, signal) as Promise<MetricNews>;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #inTurn(question: Question, signal: AbortSignal): Promise<unknown> {
    const turn = this.#last.then(() => this.#answer(question, signal));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #answer(question: Question, signal: AbortSignal): Promise<unknown> {
    checkCancelled(signal, 'Reading the run');
    const worker = (this.#worker ??= this.#start());
    const stop = () => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    worker.ref();
    try {
      const reply = await this.#ask(worker, question);
      if ('error' in reply) throw fromErrorData(reply.error);
      return reply.answer;
    } catch (error) {
      throw signal.aborted ? cancelled('Reading the run') : error;
    } finally {
      worker.unref();
      signal.removeEventListener('abort', stop);
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, { workerData: this.#data, execArgv: [] });
    const forget = () => {
      if (this.#worker === worker) this.#worker = null;
    };
    return worker.on('error', forget).on('exit', forget);
  }

  #ask(worker: Worker, question: Question): Promise<ReadReply> {
    return new Promise((resolve, reject) => {
      const onMessage = (reply: ReadReply) => done(() => resolve(reply));
      const onEnd = (cause: unknown) => done(() => reject(stopped(cause)));
      const done = (settle: () => void) => {
        worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
        settle();
      };
      worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
      worker.postMessage(question);
    });
  }
}

const stopped = (cause: unknown): AppError =>
  new AppError('E_INTERNAL', 'Reading the run stopped unexpectedly.', {
    next: 'Try again; if it happens again, the run folder may be damaged.',
    ...(cause instanceof Error && { detail: cause.message, cause }),
  });
