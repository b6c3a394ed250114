import {
  type LogReply,
  type LogRequest,
  logRequestSchema,
} from '../../shared/contract/log-stream.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { LogHead, LogStore } from './log-store.ts';

/** Heads go out at most 30 times a second. */
const HEAD_MS = 34;
/** Time between looks at whether the log has ended. */
const LOOK_MS = 50;
/** Reads that may be under way at once; a window never needs more. */
const MOST_READS = 32;

interface LogPortParts {
  store: LogStore;
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

class LogPortServer implements LogPort {
  readonly #parts: LogPortParts;
  #newest: LogHead = { bytes: 0, lines: 0 };
  #sent: LogHead | null = null;
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
  }

  async start(): Promise<void> {
    await this.#refresh();
    if (this.#closed) return;
    this.#push();
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
    try {
      this.#unwatch = this.#parts.store.watch(this.#parts.id, HEAD_MS, (head) => {
        this.#newest = head;
        this.#push();
      });
    } catch (error) {
      this.#sendError(null, error);
    }
  }

  receive(request: unknown): void {
    const parsed = logRequestSchema.safeParse(request);
    if (!parsed.success) {
      const message = 'This request is not one that a log port knows.';
      this.#send({ type: 'error', requestId: requestIdOf(request), message });
    } else if (parsed.data.type === 'ack') {
      this.#acked = true;
      this.#push();
    } else if (parsed.data.type === 'read') void this.#read(parsed.data);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#unwatch?.();
  }

  async #read(request: LogRequest & { type: 'read' }): Promise<void> {
    const { requestId, line: first, count } = request;
    if (this.#closed) return;
    if (this.#reads === MOST_READS) {
      const message = `More than ${MOST_READS} reads were asked for at once.`;
      return this.#send({ type: 'error', requestId, message });
    }
    this.#reads++;
    try {
      const lines = await this.#parts.store.page(this.#parts.id, first, count);
      this.#send({ type: 'lines', requestId, first, lines });
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
      if (seen) await this.#refresh();
      this.#end = seen ? 'sure' : 'seen';
    }
    if (this.#closed) return;
    this.#push();
    if (this.#end !== 'said' && !this.#closed) {
      this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
    }
  }

  #hasEnded(): boolean {
    if (this.#end === 'sure') return false;
    try {
      return this.#parts.ended();
    } catch (error) {
      // Such as a run that was removed while its log was open.
      this.#sendError(null, error);
      return true;
    }
  }

  async #refresh(): Promise<void> {
    try {
      this.#newest = await this.#parts.store.head(this.#parts.id);
    } catch (error) {
      this.#sendError(null, error);
    }
  }

  /** Sends the head when there is something new to say and the other side can take it. */
  #push(): void {
    const ended = this.#end === 'sure';
    const isNew = this.#newest.bytes !== this.#sent?.bytes || ended;
    if (!this.#acked || !isNew || this.#end === 'said') return;
    if (performance.now() < this.#sentAt + HEAD_MS) return;
    this.#acked = false;
    this.#sent = this.#newest;
    this.#sentAt = performance.now();
    if (ended) this.#finish();
    this.#send({ type: 'head', view: 0, ...this.#sent, ended });
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

function requestIdOf(request: unknown): number | null {
  const id = (request as { requestId?: unknown } | null | undefined)?.requestId;
  return typeof id === 'number' ? id : null;
}
