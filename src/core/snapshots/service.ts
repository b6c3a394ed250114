import { OPERATIONS, titleOf, type Operation } from './operations.ts';
import {
  PIECES_AHEAD,
  type FromWorker,
  type OperationName,
  type Operations,
  type Request,
} from './protocol.ts';
import { openSnapshotStore, type Store } from './store.ts';
import type { TarOptions } from './snapshots.ts';
import { gather, tarPieces } from './tar.ts';
import { WorkControl } from './work-control.ts';

const PIECE_BYTES = 256 * 1024;

type Output = Operations[OperationName]['output'];

/** A stream that waits for its reader. */
interface Flow {
  ahead: number;
  resume: (() => void) | null;
}

/** Runs requests on an open store. Snapshots are taken one after the other, all else side by side. */
export class SnapshotService {
  readonly #file: string;
  readonly #send: (message: FromWorker) => void;
  readonly #flows = new Map<number, Flow>();
  #store: Store | null = null;
  readonly #running = new Set<Promise<unknown>>();
  #lastFreeze: Promise<unknown> = Promise.resolve();

  constructor(file: string, send: (message: FromWorker) => void) {
    this.#file = file;
    this.#send = send;
  }

  run(id: number, request: Request, flag: Int32Array): Promise<Output> {
    const running = this.#start(id, request, flag);
    this.#running.add(running);
    const forget = (): boolean => this.#running.delete(running);
    void running.catch(() => undefined).finally(forget);
    return running;
  }

  async #start(id: number, request: Request, flag: Int32Array): Promise<Output> {
    const control = new WorkControl(flag, titleOf(request.name), (progress) => {
      this.#send({ type: 'progress', id, progress });
    });
    control.check();
    this.#store ??= openSnapshotStore(this.#file);
    return this.#perform(this.#store, id, request, control);
  }

  /** The reader of a stream took a piece. */
  took(id: number): void {
    const flow = this.#flows.get(id);
    if (!flow) return;
    flow.ahead--;
    this.wake(id);
  }

  /** Lets a stream that waits for its reader look around, since it may have been cancelled. */
  wake(id: number): void {
    const flow = this.#flows.get(id);
    flow?.resume?.();
  }

  /** Waits for what is under way, then closes the file. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#running);
    this.#store?.db.close();
    this.#store = null;
  }

  #perform(
    store: Store,
    id: number,
    request: Request,
    control: WorkControl,
  ): Promise<Output> | Output {
    if (request.name === 'tar') {
      return this.#stream(store, id, request.input.digest, request.input.options, control);
    }
    const operation: Operation<OperationName> = OPERATIONS[request.name];
    const work = () => operation.run(store, request.input, control);
    return operation.inTurn ? this.#inTurn(control, work) : work();
  }

  /** Two snapshots at once would read the same disk and store the same content twice. */
  #inTurn<T>(control: WorkControl, work: () => Promise<T> | T): Promise<T> {
    const turn = this.#lastFreeze.then(() => {
      control.check();
      return work();
    });
    this.#lastFreeze = turn.catch(() => undefined);
    return turn;
  }

  async #stream(
    store: Store,
    id: number,
    digest: string,
    options: TarOptions,
    control: WorkControl,
  ): Promise<null> {
    const flow: Flow = { ahead: 0, resume: null };
    this.#flows.set(id, flow);
    try {
      for (const piece of gather(tarPieces(store, digest, options), PIECE_BYTES)) {
        await control.breathe();
        while (flow.ahead >= PIECES_AHEAD) await this.#wait(flow, control);
        flow.ahead++;
        this.#send({ type: 'piece', id, piece });
      }
      return null;
    } finally {
      this.#flows.delete(id);
    }
  }

  async #wait(flow: Flow, control: WorkControl): Promise<void> {
    await new Promise<void>((resolve) => {
      flow.resume = resolve;
    });
    flow.resume = null;
    control.check();
  }
}
