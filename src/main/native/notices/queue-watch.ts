import type { Queue } from '../../../shared/domain/queue.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import { queueNotice, type Notice } from './end-notices.ts';

/** What ends within this time is looked at together, in ms: the next of a queue may be put in by a retry. */
const CALM_MS = 1000;

export interface QueueWatchParts {
  queue(id: string): Queue | null;
  notify(): Settings['notify'];
  /** The queue on the screen of a window that has the focus. */
  queueInView(): string | null;
  show(notice: Notice): void;
}

/** Tells of queues that have run empty: once each time, after something ran in them. */
export class QueueWatch {
  readonly #parts: QueueWatchParts;
  /** What ended in each queue since it was empty, in order. */
  readonly #ended = new Map<string, Run[]>();
  #timer: NodeJS.Timeout | undefined;
  #isFollowing = false;

  constructor(parts: QueueWatchParts) {
    this.#parts = parts;
  }

  /** From now on; what ended while nobody followed is told as such. */
  start(): void {
    this.#isFollowing = true;
  }

  /** For good. */
  stop(): void {
    this.#isFollowing = false;
    clearTimeout(this.#timer);
  }

  /** Takes note of runs that have just ended. */
  follow(ended: readonly Run[]): void {
    if (!this.#isFollowing) return;
    for (const run of ended) {
      if (run.queue) this.#ended.set(run.queue.id, [...(this.#ended.get(run.queue.id) ?? []), run]);
    }
    if (this.#ended.size > 0) this.#timer ??= setTimeout(() => this.#look(), CALM_MS).unref();
  }

  #look(): void {
    this.#timer = undefined;
    for (const [id, ended] of this.#ended) {
      const queue = this.#parts.queue(id);
      if (queue && queue.waiting + queue.running > 0) continue;
      this.#ended.delete(id);
      if (queue && this.#isNews(queue, ended))
        this.#parts.show(queueNotice(queue, ended.filter(hasRun)));
    }
  }

  #isNews({ id }: Queue, ended: readonly Run[]): boolean {
    const { notify, queueInView } = this.#parts;
    const ran = ended.filter(hasRun);
    if (ran.length === 0 || isByHand(ended.at(-1)!) || queueInView() === id) return false;
    const failed = ran.some(({ state }) => state === 'failed' || state === 'crashed');
    return notify() === 'all' || (notify() !== 'never' && failed);
  }
}

/** Not one that was taken out before its turn came. */
const hasRun = ({ state, startedAt }: Run): boolean => state !== 'stopped' || startedAt !== null;

/** The person emptied the queue, by removing or stopping the last of it. */
const isByHand = ({ state, stopRequestedAt }: Run): boolean =>
  state === 'stopped' || stopRequestedAt !== null;
