import type { LogReply, LogRequest } from '../../shared/contract/log-stream.ts';
import { AppError, toErrorData } from '../../shared/errors.ts';
import { createMatcher } from './search/matcher.ts';
import { searchView } from './search/search-view.ts';
import type { LinesView } from './views/lines-view.ts';

const MOST_SEARCHES = 4;

type SearchRequest = LogRequest & { type: 'search' };

interface Running {
  controller: AbortController;
  growth: Signal;
}

/** A wait that ends when it is rung, also when that was just before. */
class Signal {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async wait(): Promise<void> {
    if (!this.#rung) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#rung = false;
  }
}

/** The searches of one port. */
export class PortSearches {
  readonly #send: (reply: LogReply) => void;
  readonly #running = new Map<number, Running>();
  #ended = false;

  constructor(send: (reply: LogReply) => void) {
    this.#send = send;
  }

  /** Searches `view`, which is the search's own. */
  start(request: SearchRequest, view: LinesView): void {
    const { requestId } = request;
    this.cancel(requestId);
    if (this.#running.size === MOST_SEARCHES) {
      const message = `More than ${MOST_SEARCHES} searches were asked for at once.`;
      return this.#send({ type: 'error', requestId, message });
    }
    const running = { controller: new AbortController(), growth: new Signal() };
    this.#running.set(requestId, running);
    void this.#run(request, view, running);
  }

  cancel(requestId: number): void {
    const running = this.#running.get(requestId);
    this.#running.delete(requestId);
    running?.controller.abort();
    running?.growth.ring();
  }

  cancelAll(): void {
    for (const requestId of this.#running.keys()) this.cancel(requestId);
  }

  /** The log has grown, or has ended. */
  grown(ended: boolean): void {
    this.#ended = ended;
    for (const running of this.#running.values()) running.growth.ring();
  }

  async #run(request: SearchRequest, view: LinesView, running: Running): Promise<void> {
    const { requestId } = request;
    const { signal } = running.controller;
    try {
      const parts = {
        ended: () => this.#ended,
        grown: () => running.growth.wait(),
        report: (found: Omit<LogReply & { type: 'found' }, 'type' | 'requestId'>) => {
          if (!signal.aborted) this.#send({ type: 'found', requestId, ...found });
        },
      };
      await searchView(view, createMatcher(request), parts, signal);
    } catch (error) {
      if (!signal.aborted) this.#send(failed(requestId, error));
    }
    if (this.#running.get(requestId) === running) this.#running.delete(requestId);
  }
}

function failed(requestId: number, error: unknown): LogReply {
  const { message, detail } = toErrorData(
    error instanceof Error ? error : new AppError('E_INTERNAL', String(error)),
  );
  return { type: 'error', requestId, message: detail ? `${message} ${detail}` : message };
}
