import { Worker } from 'node:worker_threads';
import { AppError, cancelled, fromErrorData } from '../../shared/errors.ts';
import type {
  Answer,
  ListWorkerData,
  Question,
  QuestionName,
  Questions,
  Reply,
} from './protocol.ts';

/** Rows are read and made into numbers: what lives on is no object of the young. */
const LIMITS = { maxYoungGenerationSizeMb: 4 };
/** The columns of lists that nobody looks at are given up. */
const IDLE_MS = 5 * 60_000;

interface Pending {
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Asks the worker thread that keeps the columns of all runs. The thread is started when it is first
 * needed and ends when it has not been for a while; it keeps the process alive only while it is asked.
 */
export class ListSession {
  readonly #workerFile: URL;
  readonly #data: ListWorkerData;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #isReady = false;
  #idle: NodeJS.Timeout | null = null;
  #lastId = 0;

  constructor(workerFile: URL, data: ListWorkerData) {
    this.#workerFile = workerFile;
    this.#data = data;
  }

  /** It has answered before, hence has everything at hand. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** @throws AppError `E_CANCELLED` when it is closed meanwhile, and what reading the database throws. */
  ask<Name extends QuestionName>(
    name: Name,
    request: Questions[Name]['request'],
  ): Promise<Questions[Name]['answer']> {
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#lastId;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    worker.ref();
    this.#restartIdle();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage({ id, name, request } satisfies Record<keyof Question, unknown>);
    return answer;
  }

  async close(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#end(cancelled('Listing the runs'));
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, {
      workerData: this.#data,
      resourceLimits: LIMITS,
      // Flags of the process (such as `--input-type`) need not make sense for a worker.
      execArgv: [],
    });
    const end = (cause: unknown): void => {
      if (this.#worker === worker) this.#end(stopped(cause));
    };
    return worker
      .on('message', (reply: Reply) => this.#settle(reply))
      .on('error', end)
      .on('exit', end);
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (this.#pending.size === 0) this.#worker?.unref();
    if ('error' in reply) return pending?.reject(fromErrorData(reply.error));
    this.#isReady = true;
    pending?.resolve(reply.answer);
  }

  #end(error: AppError): void {
    this.#worker = null;
    this.#isReady = false;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }

  #restartIdle(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#pending.size > 0) return this.#restartIdle();
      const worker = this.#worker;
      this.#end(cancelled('Listing the runs'));
      void worker?.terminate();
    }, IDLE_MS);
    this.#idle.unref();
  }
}

const stopped = (cause: unknown): AppError =>
  new AppError('E_INTERNAL', 'Listing the runs stopped unexpectedly.', {
    next: 'Try again: nothing that was stored is lost.',
    ...(cause instanceof Error && { detail: cause.message, cause }),
  });
