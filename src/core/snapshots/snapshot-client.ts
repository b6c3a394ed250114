import { cancelled } from '../../shared/errors.ts';
import { PieceQueue } from './piece-queue.ts';
import type { OperationName, Operations, Request, WorkerData } from './protocol.ts';
import type { Control } from './snapshots.ts';
import { WorkerSession } from './worker-session.ts';

/** Sends requests to the worker thread: starts it when it is needed, and again after it died. */
export class SnapshotClient {
  readonly #workerFile: URL;
  readonly #data: WorkerData;
  #session: WorkerSession | null = null;
  #closed = false;

  constructor(workerFile: URL, data: WorkerData) {
    this.#workerFile = workerFile;
    this.#data = data;
  }

  async call<Name extends OperationName>(
    name: Name,
    input: Operations[Name]['input'],
    control: Control,
  ): Promise<Operations[Name]['output']> {
    const request = { name, input } as Request;
    const output = await this.#ready(control.signal).send(request, control).output;
    return output as Operations[Name]['output'];
  }

  /** The pieces of an archive. Leaving the loop early cancels the rest. */
  async *stream(input: Operations['tar']['input'], signal: AbortSignal): AsyncGenerator<Buffer> {
    const left = new AbortController();
    const control = { signal: AbortSignal.any([signal, left.signal]) };
    const queue = new PieceQueue();
    const { output, took } = this.#ready(signal).send({ name: 'tar', input }, control, (piece) => {
      queue.push(piece);
    });
    output.then(
      () => queue.end(),
      (error: unknown) => queue.fail(error),
    );
    try {
      for await (const piece of queue) {
        took();
        yield piece;
      }
    } finally {
      left.abort();
    }
  }

  /** Cancels what is under way and ends the worker; requests after that are refused. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.letGo();
  }

  /** Ends the worker; the next request starts another. */
  async letGo(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.close();
  }

  #ready(signal: AbortSignal): WorkerSession {
    if (this.#closed || signal.aborted) throw cancelled('The request to the snapshots');
    if (!this.#session || this.#session.ended) {
      this.#session = new WorkerSession(this.#workerFile, this.#data);
    }
    return this.#session;
  }
}
