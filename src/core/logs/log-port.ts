import {
  type LogReply,
  type LogRequest,
  logRequestSchema,
} from '../../shared/contract/log-stream.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { LogStore } from './log-store.ts';
import type { LogSearches } from './search/log-searches.ts';
import { PortSearches } from './port-searches.ts';
import { PortView, type ShownHead } from './port-view.ts';
import type { ViewChoice } from './views/lines-view.ts';

/** Heads go out at most 30 times a second. */
const HEAD_MS = 34;
/** Time between looks at whether the log has ended. */
const LOOK_MS = 50;
/** Reads that may be under way at once; a window never needs more. */
const MOST_READS = 32;

interface LogPortParts {
  store: LogStore;
  searches: LogSearches;
  id: string;
  /** Whether no more will be written to the log. */
  ended: () => boolean;
  send: (reply: LogReply) => void;
}

export interface LogPort {
  /** Takes whatever the other side sent. Bad requests are answered with an error. */
  receive(request: unknown): void;
  /** Sends nothing any more and lets go of everything. */
  close(): void;
}

/** Serves one open log (see `shared/contract/log-stream.ts`), over any transport. */
export function serveLogPort(parts: LogPortParts): LogPort {
  const server = new LogPortServer(parts);
  void server.start();
  return server;
}

const WHOLE: ViewChoice = { streams: null, folded: false };

/** A request with a question about the view, answered once. */
type Query = LogRequest & { type: 'read' | 'at' | 'locate' | 'failure' };

class LogPortServer implements LogPort {
  readonly #parts: LogPortParts;
  readonly #view: PortView;
  readonly #searches: PortSearches;
  #choice = WHOLE;
  #sent: ShownHead | null = null;
  #sentAt = -HEAD_MS;
  #acked = true;
  /** Ended is said once it was seen twice: a writer may be storing the last bytes the first time. */
  #end: 'open' | 'seen' | 'sure' | 'said' = 'open';
  #reads = 0;
  #closed = false;
  #timer: NodeJS.Timeout | null = null;
  #unwatch: (() => void) | null = null;

  constructor(parts: LogPortParts) {
    this.#parts = parts;
    this.#searches = new PortSearches(parts.searches, parts.id, (reply) => this.#send(reply));
    this.#view = new PortView(parts, {
      grown: () => this.#push(),
      failed: (error) => this.#sendError(null, error),
    });
  }

  async start(): Promise<void> {
    this.#show(0, WHOLE);
    await this.#view.grow();
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
    try {
      this.#unwatch = this.#parts.store.watch(this.#parts.id, HEAD_MS, () => {
        void this.#view.grow();
        this.#searches.grown(false);
      });
    } catch (error) {
      this.#sendError(null, error);
    }
  }

  receive(request: unknown): void {
    const parsed = logRequestSchema.safeParse(request);
    if (parsed.success) return this.#answer(parsed.data);
    const message = 'This request is not one that a log port knows.';
    this.#send({ type: 'error', requestId: requestIdOf(request), message });
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#unwatch?.();
    this.#searches.cancelAll();
  }

  #answer(request: LogRequest): void {
    if (this.#closed) return;
    if (request.type === 'ack') {
      this.#acked = true;
      this.#push();
    } else if (request.type === 'view') this.#show(request.view, request);
    else if (request.type === 'search') this.#searches.start(request, this.#choice);
    else if (request.type === 'cancel') this.#searches.cancel(request.requestId);
    else void this.#query(request);
  }

  #show(view: number, { streams, folded }: ViewChoice): void {
    this.#searches.cancelAll();
    this.#choice = { streams, folded };
    // Its first head is an answer, and waits for nothing.
    this.#sent = null;
    this.#sentAt = -HEAD_MS;
    this.#acked = true;
    if (this.#end === 'said') this.#end = 'sure';
    try {
      this.#view.choose(view, this.#choice);
    } catch (error) {
      this.#sendError(null, error);
    }
  }

  async #query(request: Query): Promise<void> {
    const { requestId } = request;
    if (this.#reads === MOST_READS) {
      const message = `More than ${MOST_READS} reads were asked for at once.`;
      return this.#send({ type: 'error', requestId, message });
    }
    this.#reads++;
    try {
      this.#send(await this.#view.answer(request));
    } catch (error) {
      this.#sendError(requestId, error);
    } finally {
      this.#reads--;
    }
  }

  /** Looks whether the log has ended, until it has. */
  async #look(): Promise<void> {
    if (this.#hasEnded()) {
      const seen = this.#end === 'seen';
      if (seen) await this.#view.grow();
      this.#end = seen ? 'sure' : 'seen';
      if (seen) this.#searches.grown(true);
    }
    if (this.#closed) return;
    this.#push();
    if (this.#end !== 'said' && !this.#closed) {
      this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
    }
  }

  #hasEnded(): boolean {
    if (this.#end === 'sure' || this.#end === 'said') return false;
    try {
      return this.#parts.ended();
    } catch (error) {
      // Such as a run that was removed while its log was open.
      this.#sendError(null, error);
      return true;
    }
  }

  /** Sends the head when there is something new to say and the other side can take it. */
  #push(): void {
    const { head } = this.#view;
    if (!head || this.#end === 'said' || !this.#acked) return;
    const ended = this.#end === 'sure' && !head.more;
    if (!(ended || isNews(head, this.#sent)) || performance.now() < this.#sentAt + HEAD_MS) return;
    this.#acked = false;
    this.#sent = head;
    this.#sentAt = performance.now();
    if (ended) this.#finish();
    const { view, lines, settled, bytes } = head;
    this.#send({ type: 'head', view, lines, settled, bytes, ended });
  }

  #finish(): void {
    this.#end = 'said';
    this.#unwatch?.();
    if (this.#timer) clearTimeout(this.#timer);
  }

  #sendError(requestId: number | null, error: unknown): void {
    this.#send({ type: 'error', requestId, message: toErrorData(error).message });
  }

  #send(reply: LogReply): void {
    if (this.#closed) return;
    try {
      this.#parts.send(reply);
    } catch {
      // The other side is gone: there is nobody left to tell.
      this.close();
    }
  }
}

/** What was told while more was being taken in says too little, even of the same bytes. */
const isNews = (head: ShownHead, sent: ShownHead | null): boolean =>
  head !== sent && (sent === null || sent.more || head.bytes !== sent.bytes);

function requestIdOf(request: unknown): number | null {
  const id = (request as { requestId?: unknown } | null | undefined)?.requestId;
  return typeof id === 'number' ? id : null;
}
