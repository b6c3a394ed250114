import type { Executor, Queue, QueueEntry, WaitReason } from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Repos } from '../db/change-feed.ts';
import type { SweepRoom, WaitingRun } from '../db/queue-runs-repo.ts';
import { waitReason } from './wait-reason.ts';

type Parts = Pick<Repos, 'queues' | 'queueRuns'>;

/** Why runs wait, at one moment: gathers the facts for `waitReason`, those of a queue or sweep once. */
export class Reasons {
  readonly #repos: Parts;
  readonly #at: { executor: Executor; now: number };
  readonly #sweeps = new Map<string, SweepRoom>();

  constructor(repos: Parts, at: { executor: Executor; now: number }) {
    this.#repos = repos;
    this.#at = at;
  }

  /** Of those that wait first in a queue, in their order. */
  entries(queue: Queue, waiting: readonly WaitingRun[]): QueueEntry[] {
    const [head = null] = waiting;
    let before = 0;
    return waiting.map((each, at) => {
      const entry = {
        run: each.run,
        position: at + 1,
        reason: this.#reason(each, { queue, head, before }),
      };
      if (this.#holdsBack(each)) before += 1;
      return entry;
    });
  }

  of(waiting: WaitingRun): WaitReason {
    const { queues, queueRuns } = this.#repos;
    const { run } = waiting;
    const queue = run.queue && queues.get(run.queue.id);
    if (!queue) return this.#reason(waiting, { queue: null, head: null, before: 0 });
    const [head = null] = queueRuns.waiting(queue.id, 1);
    return this.#reason(waiting, { queue, head, before: queueRuns.before(run, this.#at.now) });
  }

  #reason(
    { run, noted }: WaitingRun,
    { queue, head, before }: { queue: Queue | null; head: WaitingRun | null; before: number },
  ): WaitReason {
    return waitReason({
      ...this.#at,
      notBefore: run.notBefore,
      queue,
      noted: noted ?? sharedWith(run, head),
      sweep: run.sweep && this.#sweep(run.sweep.id),
      before,
    });
  }

  /** As `QueueRunsRepo.before` counts. */
  #holdsBack({ run, noted }: WaitingRun): boolean {
    return (run.notBefore ?? 0) <= this.#at.now && noted?.code !== 'never-fits';
  }

  #sweep(id: string): SweepRoom {
    const room = this.#sweeps.get(id) ?? this.#repos.queueRuns.sweepRoom(id);
    this.#sweeps.set(id, room);
    return room;
  }
}

/** The executor looks at the first of a queue; that their engine is away holds for the others too. */
const sharedWith = (run: Run, head: WaitingRun | null): WaitReason | null =>
  head?.noted?.code === 'engine' && head.run.engine === run.engine ? head.noted : null;
