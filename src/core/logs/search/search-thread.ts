import { Worker } from 'node:worker_threads';
import { AppError, type ErrorData, toErrorData } from '../../../shared/errors.ts';
import type { FromSearcher, SearchData, SearchJob, ToSearcher } from './search-messages.ts';
import type { Found } from './search-view.ts';

/** A few hundred lines that take longer than this will take for ever. */
const TOO_LONG_MS = 2000;
const LOOK_MS = 250;

export interface SearchHooks {
  found(found: Found): void;
  failed(error: ErrorData): void;
  /** Nothing more will be told; `usable` when the thread can search again. */
  over(usable: boolean): void;
}

const tooLong = (): AppError =>
  new AppError('E_PATTERN', 'This pattern takes too long.', {
    next: 'Make it simpler: repetitions inside repetitions, such as (a+)+, can take for ever.',
  });

/** A thread that searches, one search at a time. What does not come back from a line is ended with it. */
export class SearchThread {
  readonly #worker: Worker;
  readonly #pulse = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #hooks: SearchHooks | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  #beat = { value: 0, since: 0 };

  constructor(workerFile: URL, folder: string) {
    const data: SearchData = { folder, pulse: this.#pulse };
    this.#worker = new Worker(workerFile, { workerData: data, execArgv: [] });
    this.#worker.unref();
    this.#worker.on('message', (message: FromSearcher) => this.#receive(message));
    this.#worker.on('error', (error) => this.#end(toErrorData(error)));
    this.#worker.on('exit', () => {
      this.#end({ code: 'E_INTERNAL', message: 'The search stopped unexpectedly.' });
    });
  }

  start(job: SearchJob, ended: boolean, hooks: SearchHooks): void {
    this.#hooks = hooks;
    this.#worker.ref();
    this.#post({ type: 'start', job, ended });
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  grown(ended: boolean): void {
    this.#post({ type: 'grown', ended });
  }

  stop(): void {
    this.#post({ type: 'stop' });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#hooks = null;
    if (this.#timer) clearInterval(this.#timer);
    // A thread that nothing waits for would let the process end before this does.
    this.#worker.ref();
    await this.#worker.terminate();
  }

  #receive(message: FromSearcher): void {
    if (message.type === 'found') this.#hooks?.found(message.found);
    else if (message.type === 'failed') this.#hooks?.failed(message.error);
    else this.#over(true);
  }

  /** An odd pulse that does not change is a line that is still being looked at. */
  #look(): void {
    const value = Atomics.load(this.#pulse, 0);
    const now = performance.now();
    if (value !== this.#beat.value) this.#beat = { value, since: now };
    if (value % 2 === 0 || now < this.#beat.since + TOO_LONG_MS) return;
    this.#end(toErrorData(tooLong()));
    void this.#worker.terminate();
  }

  #end(error: ErrorData): void {
    this.#hooks?.failed(error);
    this.#over(false);
  }

  #over(usable: boolean): void {
    const hooks = this.#hooks;
    this.#hooks = null;
    if (this.#timer) clearInterval(this.#timer);
    if (!this.#closed) this.#worker.unref();
    hooks?.over(usable);
  }

  #post(message: ToSearcher): void {
    this.#worker.postMessage(message);
  }
}
