import type { LogReply, LogRequest } from '../../shared/contract/log-stream.ts';
import type { LogSearches, RunningSearch } from './search/log-searches.ts';
import type { ViewChoice } from './views/lines-view.ts';

const MOST_SEARCHES = 4;

type SearchRequest = LogRequest & { type: 'search' };

/** The searches of one port. */
export class PortSearches {
  readonly #searches: LogSearches;
  readonly #id: string;
  readonly #send: (reply: LogReply) => void;
  readonly #running = new Map<number, RunningSearch>();
  #ended = false;

  constructor(searches: LogSearches, id: string, send: (reply: LogReply) => void) {
    this.#searches = searches;
    this.#id = id;
    this.#send = send;
  }

  /** Searches the log in the view of `choice`. */
  start({ requestId, pattern, regex, matchCase }: SearchRequest, choice: ViewChoice): void {
    this.cancel(requestId);
    if (this.#running.size === MOST_SEARCHES) {
      const message = `More than ${MOST_SEARCHES} searches were asked for at once.`;
      return this.#send({ type: 'error', requestId, message });
    }
    const job = { id: this.#id, choice, search: { pattern, regex, matchCase } };
    const running = this.#searches.start(job, this.#ended, {
      found: (found) => {
        if (found.done) this.#running.delete(requestId);
        this.#send({ type: 'found', requestId, ...found });
      },
      failed: ({ message, detail }) => {
        this.#running.delete(requestId);
        const text = detail ? `${message} ${detail}` : message;
        this.#send({ type: 'error', requestId, message: text });
      },
    });
    this.#running.set(requestId, running);
  }

  cancel(requestId: number): void {
    this.#running.get(requestId)?.stop();
    this.#running.delete(requestId);
  }

  cancelAll(): void {
    for (const requestId of this.#running.keys()) this.cancel(requestId);
  }

  /** The log has grown, or has ended. */
  grown(ended: boolean): void {
    this.#ended = ended;
    for (const running of this.#running.values()) running.grown(ended);
  }
}
