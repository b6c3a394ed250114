import type { LogReply, LogRequest } from '../../shared/contract/log-stream.ts';
import { removed } from './log-files.ts';
import type { LogStore } from './log-store.ts';
import type { LinesView, ViewChoice, ViewHead } from './views/lines-view.ts';

/** The head of a view that was asked for under a number. */
export interface ShownHead extends ViewHead {
  view: number;
}

interface Hooks {
  /** There is a new head. */
  grown(): void;
  failed(error: unknown): void;
}

interface Shown {
  view: number;
  choice: ViewChoice;
  lines: LinesView;
}

type Query = LogRequest & { type: 'read' | 'at' | 'locate' | 'failure' };

const EMPTY: ViewHead = { lines: 0, bytes: 0, settled: 0, whole: 0, more: false };

/** What one port shows of its log, and how far that has grown. */
export class PortView {
  readonly #store: LogStore;
  readonly #id: string;
  readonly #hooks: Hooks;
  #shown: Shown | null = null;
  #growing: Promise<void> | null = null;
  #again = false;
  #bytes = 0;
  /** Null until the view that was chosen last has grown. */
  head: ShownHead | null = null;

  constructor({ store, id }: { store: LogStore; id: string }, hooks: Hooks) {
    this.#store = store;
    this.#id = id;
    this.#hooks = hooks;
  }

  /** @throws AppError `E_NAME` for what is no log. */
  choose(view: number, choice: ViewChoice): void {
    this.head = null;
    this.#shown = null;
    try {
      this.#shown = { view, choice, lines: this.#store.view(this.#id, choice) };
      void this.grow();
    } catch (error) {
      this.head = { ...EMPTY, view };
      throw error;
    }
  }

  /** Resolves when what is stored now was taken in. */
  grow(): Promise<void> {
    this.#again = true;
    this.#growing ??= this.#growOn().finally(() => (this.#growing = null));
    return this.#growing;
  }

  async answer(request: Query): Promise<LogReply> {
    const { requestId } = request;
    // For what is no log, this says so.
    if (!this.#shown) await this.#store.head(this.#id);
    const lines = this.#shown?.lines;
    if (request.type !== 'read') {
      const line = lines ? await this.#find(request, lines) : null;
      return { type: 'line', requestId, line };
    }
    const { line: first, count } = request;
    const page = lines ? await lines.page(first, count) : [];
    if (page.length === 0 && this.head && first < this.head.lines) throw removed();
    return { type: 'lines', requestId, first, lines: page };
  }

  async #find(request: Exclude<Query, { type: 'read' }>, lines: LinesView): Promise<number | null> {
    if (request.type === 'locate') return lines.locate(request.number);
    if (request.type === 'at') {
      const number = await this.#store.lineAt(this.#id, request.at);
      return number === null ? null : lines.from(number);
    }
    const number = await this.#store.failure(this.#id);
    return number === null ? null : lines.locate(number);
  }

  async #growOn(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const shown = this.#shown;
      if (!shown) return;
      try {
        const head = await shown.lines.grow();
        this.#checkThere(head);
        if (head.more || shown !== this.#shown) this.#again = true;
        if (shown === this.#shown) this.#tell({ ...head, view: shown.view });
      } catch (error) {
        this.head ??= { ...EMPTY, view: shown.view };
        this.#hooks.failed(error);
      }
    }
  }

  /** Logs only grow: one that is shorter than before was removed, or cut. */
  #checkThere({ bytes }: ViewHead): void {
    const before = this.#bytes;
    this.#bytes = bytes;
    if (bytes < before) throw removed();
  }

  #tell(head: ShownHead): void {
    this.head = head;
    this.#hooks.grown();
  }
}
