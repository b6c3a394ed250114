/** One request to the engine, as it came. */
export interface Exchange {
  /** Counts the requests of a proxy, from 0. */
  number: number;
  method: string;
  /** Without the version in front and the query behind: `/containers/create`. */
  path: string;
  query: URLSearchParams;
  /** That of the engine's answer; null while there is none. */
  status: number | null;
}

/** The head of an answer. */
export interface Head {
  status: number;
  reason: string;
  /** Names and values in turn. */
  headers: string[];
}

export interface Answer extends Head {
  body: Buffer;
}

type Bytes = AsyncIterable<Buffer>;

/** What happens to the requests that a rule is about. All of it that is given, in this order. */
export interface Rule {
  on(exchange: Exchange): boolean;
  /** How often; without it, always. */
  times?: number;
  /** Before the engine is asked: a wait, or whatever has to be done now. */
  asked?(exchange: Exchange): Promise<void> | void;
  /** Instead of asking the engine: close, say nothing for ever, or answer this. */
  instead?: 'close' | 'silence' | Answer;
  /** The engine has answered (the head of it is there); nothing of that was passed on. */
  answered?(exchange: Exchange): Promise<void> | void;
  /** Changes the whole answer, which has to have an end. */
  rewrite?(answer: Answer): Answer;
  /**
   * Changes the bytes on the wire, head included. Ending early ends the connection in order; throwing
   * breaks it; never ending leaves it silent.
   */
  wire?(bytes: Bytes): Bytes;
}

/** Requests by method and path. */
export const onPath =
  (method: string, path: RegExp) =>
  (exchange: Exchange): boolean =>
    exchange.method === method && path.test(exchange.path);

/** All requests. */
export const onEvery = (): boolean => true;

/** The steps of a run, as requests. */
export const STEPS = {
  version: onPath('GET', /^\/version$/),
  create: onPath('POST', /^\/containers\/create$/),
  start: onPath('POST', /^\/containers\/[^/]+\/start$/),
  attach: onPath('POST', /^\/containers\/[^/]+\/attach$/),
  inspect: onPath('GET', /^\/containers\/[^/]+\/json$/),
  list: onPath('GET', /^\/containers\/json$/),
  logs: onPath('GET', /^\/containers\/[^/]+\/logs$/),
  archive: onPath('PUT', /^\/containers\/[^/]+\/archive$/),
  remove: onPath('DELETE', /^\/containers\/[^/]+$/),
  build: onPath('POST', /^\/build$/),
} as const;

export const jsonAnswer = (status: number, value: unknown): Answer => ({
  status,
  reason: 'As told',
  headers: ['Content-Type', 'application/json'],
  body: Buffer.from(JSON.stringify(value)),
});
