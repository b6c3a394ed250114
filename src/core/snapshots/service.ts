import { assertNever } from '../../shared/result.ts';
import { exportArchive } from './archive-export.ts';
import { importArchive } from './archive-import.ts';
import { buildContext } from './build-context.ts';
import { compareFile } from './compare-file.ts';
import { compareTrees } from './compare-trees.ts';
import { examine } from './examine.ts';
import { freeze } from './freeze.ts';
import { freezeClone } from './freeze-clone.ts';
import { composeGit } from './git-compose.ts';
import { freezeGit } from './git-freeze.ts';
import { gitTree } from './git-index.ts';
import { inspectFolder, inspectTree } from './inspect.ts';
import { preview } from './preview.ts';
import {
  PIECES_AHEAD,
  type FromWorker,
  type OperationName,
  type Operations,
  type Request,
} from './protocol.ts';
import { readEntry } from './read-entry.ts';
import { openSnapshotStore, type Store } from './store.ts';
import type { TarOptions } from './snapshots.ts';
import { gather, tarPieces } from './tar.ts';
import { toTreeEntry } from './tree.ts';
import { WorkControl } from './work-control.ts';
import { writeBack } from './write-back.ts';

const PIECE_BYTES = 256 * 1024;

type Output = Operations[OperationName]['output'];

const TITLES: Record<OperationName, string> = {
  preview: 'Looking through the folder',
  freeze: 'Taking the snapshot',
  entries: 'Listing the snapshot',
  examine: 'Looking through the snapshot',
  inspectTree: 'Looking through the code',
  inspectFolder: 'Looking through the folder',
  buildContext: 'Looking through the build context',
  readFile: 'Reading the file',
  compareTrees: 'Comparing the snapshots',
  compareFile: 'Comparing the file',
  exportArchive: 'Writing the archive',
  importArchive: 'Taking in the archive',
  writeTo: 'Writing the snapshot back',
  gitTree: 'Looking for the commit',
  freezeGit: 'Reading the commit',
  composeGit: 'Putting the commit together',
  freezeClone: 'Taking the snapshot',
  tar: 'Packing the snapshot',
};

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
    const control = new WorkControl(flag, TITLES[request.name], (progress) => {
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
    switch (request.name) {
      case 'preview':
        return preview(store, request.input.folder, request.input.options, control);
      case 'freeze':
        return this.#inTurn(control, () =>
          freeze(store, request.input.folder, request.input.options, control),
        );
      case 'entries':
        return store.trees
          .nodes(request.input.digest)
          .slice(0, request.input.limit)
          .map(toTreeEntry);
      case 'examine':
        return examine(store, request.input.digest, request.input.request);
      case 'inspectTree':
        return inspectTree(store, request.input.digest, request.input.request, control);
      case 'inspectFolder':
        return inspectFolder(store, request.input, control);
      case 'buildContext':
        return buildContext(store, request.input.digest, request.input.build);
      case 'readFile':
        return readEntry(store, request.input.digest, request.input.path, request.input.limit);
      case 'compareTrees': {
        const { before, after, limit } = request.input;
        return compareTrees(store.trees.nodes(before), store.trees.nodes(after), limit);
      }
      case 'compareFile':
        return compareFile(store, request.input);
      case 'exportArchive':
        return exportArchive(store, request.input, control);
      case 'importArchive':
        return this.#inTurn(control, () => importArchive(store, request.input.file, control));
      case 'writeTo':
        return writeBack(store, request.input.digest, request.input.folder, control);
      case 'gitTree':
        return gitTree(store, request.input.key);
      case 'freezeGit':
        return this.#inTurn(control, () => freezeGit(store, request.input, control));
      case 'composeGit':
        return this.#inTurn(control, () => composeGit(store, request.input, control));
      case 'freezeClone':
        return this.#inTurn(control, () => freezeClone(store, request.input, control));
      case 'tar':
        return this.#stream(store, id, request.input.digest, request.input.options, control);
      default:
        return assertNever(request);
    }
  }

  /** Two snapshots at once would read the same disk and store the same content twice. */
  #inTurn<T>(control: WorkControl, work: () => Promise<T>): Promise<T> {
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
