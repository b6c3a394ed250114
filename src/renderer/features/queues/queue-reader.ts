import type { QueueEntry, QueueView } from '../../../shared/domain/queue.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { call } from '../../bridge/client.ts';

/** Runs that wait which are read at first: as many as a window shows. And beyond those that are looked at. */
const FIRST = 64;
const BEYOND = 48;
/** Between two answers while a list is scrolled, in ms: to show each of them would take the frames their time. */
const PAUSE_MS = 50;
/** How many are read at a time at most: as many as can be asked for. */
const MOST = 1000;

interface Range {
  offset: number;
  limit: number;
}

/** What to read for some places, so that it is enough for a while. */
function rangeFor(from: number, to: number): Range {
  const offset = Math.max(0, from - BEYOND);
  return { offset, limit: Math.min(MOST, to + BEYOND - offset) };
}

/** Whether half of what is read beyond some places is left. */
const covers = ({ offset, limit }: Range, from: number, to: number): boolean =>
  offset <= Math.max(0, from - BEYOND / 2) && offset + limit >= to + BEYOND / 2;

/**
 * Reads a queue with the part of those that wait in it which is looked at. Not one request beside another:
 * while a long list is scrolled, each answer would be outdated by the next question.
 */
export class QueueReader {
  readonly #queueId: string;
  readonly #show: (view: Result<QueueView>) => void;
  #range: Range = { offset: 0, limit: FIRST };
  #isBusy = false;
  #again = false;
  #isOutdated = false;
  #isOver = false;

  constructor(queueId: string, show: (view: Result<QueueView>) => void) {
    this.#queueId = queueId;
    this.#show = show;
  }

  read(): void {
    if (this.#isBusy) this.#again = true;
    else void this.#read();
  }

  /** Reads those that wait from one place to before another, unless they are there or asked for. */
  need(from: number, to: number): void {
    if (covers(this.#range, from, to)) return;
    this.#range = rangeFor(from, to);
    this.read();
  }

  /** What is being read is of before a move: it is not shown. */
  forget(): void {
    this.#isOutdated = this.#isBusy;
  }

  end(): void {
    this.#isOver = true;
  }

  async #read(): Promise<void> {
    this.#isBusy = true;
    const result = await call('getQueue', { queueId: this.#queueId, ...this.#range });
    this.#isBusy = false;
    if (this.#isOver) return;
    if (!this.#isOutdated) this.#show(result);
    this.#isOutdated = false;
    if (!this.#again) return;
    this.#again = false;
    this.#isBusy = true;
    setTimeout(() => this.#isOver || void this.#read(), PAUSE_MS);
  }
}

/** All that wait from one place to before another, however many. */
export async function readWaiting(
  queueId: string,
  from: number,
  to: number,
): Promise<Result<QueueEntry[]>> {
  const all: QueueEntry[] = [];
  for (let offset = from; offset < to; offset += MOST) {
    const limit = Math.min(MOST, to - offset);
    const part = await call('getQueue', { queueId, offset, limit });
    if (!part.ok) return err(part.error);
    all.push(...part.value.waiting);
  }
  return ok(all);
}
