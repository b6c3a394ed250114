import { Worker } from 'node:worker_threads';
import { AppError, cancelled, fromErrorData } from '../../shared/errors.ts';
import type { FromWorker, Request, ToWorker, WorkerData } from './protocol.ts';
import type { Control } from './snapshots.ts';

/** How long a cancelled request may take to clean up before its worker counts as stuck. */
const CANCEL_GRACE_MS = 10_000;
const CLOSE_GRACE_MS = 5000;

/** A walk makes many small objects that live to its end: copying them about costs a tenth of it. */
const YOUNG_SPACE = { maxYoungGenerationSizeMb: 64 };

interface Pending {
  handle: (message: FromWorker) => void;
  reject: (error: unknown) => void;
  cancel: () => void;
  timer: NodeJS.Timeout | null;
}

const crashed = (cause: Error | null): AppError =>
  new AppError('E_INTERNAL', 'The snapshot worker stopped unexpectedly.', {
    next: 'Try again: nothing that was stored is lost.',
    ...(cause && { detail: cause.message, cause }),
  });

/** One worker thread and the requests under way in it. It keeps the process alive only while it has any. */
export class WorkerSession {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #exited: Promise<void>;
  #nextId = 1;
  #ended = false;

  constructor(workerFile: URL, data: WorkerData) {
    let cause: Error | null = null;
    this.#worker = new Worker(workerFile, {
      workerData: data,
      resourceLimits: YOUNG_SPACE,
      // Flags of the process (such as `--input-type`) need not make sense for a worker.
      execArgv: [],
    });
    this.#worker.unref();
    this.#worker.on('message', (message: FromWorker) => {
      this.#pending.get(message.id)?.handle(message);
    });
    this.#worker.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#end(crashed(cause));
        resolve();
      });
    });
  }

  /** True when the thread is gone or given up: the next request needs another one. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Sends a request; `took` tells the worker that the reader of a stream took a piece. */
  send(
    request: Request,
    control: Control,
    onPiece?: (piece: Uint8Array) => void,
  ): { output: Promise<unknown>; took: () => void } {
    const id = this.#nextId++;
    const flag = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const output = this.#track(id, flag, control, onPiece);
    this.#worker.ref();
    this.#post({ type: 'request', id, request, flag });
    return { output, took: () => this.#post({ type: 'took', id }) };
  }

  /** Cancels what is under way, lets it clean up, and ends the thread. */
  async close(): Promise<void> {
    if (this.#ended) return;
    for (const { cancel } of this.#pending.values()) cancel();
    this.#worker.ref();
    this.#post({ type: 'close' });
    const timer = setTimeout(() => void this.#worker.terminate(), CLOSE_GRACE_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  async #track(
    id: number,
    flag: Int32Array,
    { signal, onProgress }: Control,
    onPiece?: (piece: Uint8Array) => void,
  ): Promise<unknown> {
    const cancel = (): void => this.#cancel(id, flag);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const handle = (message: FromWorker): void => {
          if (message.type === 'progress') onProgress?.(message.progress);
          else if (message.type === 'piece') onPiece?.(message.piece);
          else if (message.type === 'done') resolve(message.output);
          else reject(fromErrorData(message.error));
        };
        this.#pending.set(id, { handle, reject, cancel, timer: null });
      });
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#forget(id);
    }
  }

  #forget(id: number): void {
    clearTimeout(this.#pending.get(id)?.timer ?? undefined);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#worker.unref();
  }

  /** The flag stops work at its next step, the message wakes work that waits for its reader. */
  #cancel(id: number, flag: Int32Array): void {
    Atomics.store(flag, 0, 1);
    this.#post({ type: 'cancel', id });
    const pending = this.#pending.get(id);
    if (pending) pending.timer ??= setTimeout(() => this.#giveUp(id), CANCEL_GRACE_MS);
  }

  /** A file system call that never returns cannot be interrupted: the thread is left to itself. */
  #giveUp(id: number): void {
    this.#pending.get(id)?.reject(cancelled('The request'));
    this.#end(crashed(null));
    void this.#worker.terminate();
  }

  #end(error: AppError): void {
    this.#ended = true;
    for (const { reject } of this.#pending.values()) reject(error);
  }

  #post(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(message);
  }
}
