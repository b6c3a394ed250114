import type { Executor, Queue, QueueEntry, WaitReason } from '../../shared/domain/queue.ts';
import { ENGINE_KINDS, type EngineKind } from '../../shared/domain/run.ts';
import type { Repos } from '../db/change-feed.ts';
import type { QueueRoom } from '../db/queues-repo.ts';
import type { SweepRoom, WaitingRun } from '../db/queue-runs-repo.ts';
import { waitReason } from './wait-reason.ts';

type Parts = Pick<Repos, 'queues' | 'queueRuns'>;

/** Those that wait for this hold nobody back: as `QueueRunsRepo.before` counts by rows, which a test compares. */
const PASSED: ReadonlySet<WaitReason['code']> = new Set([
  ...(['not-before', 'never-fits', 'engine', 'disk', 'sweep'] as const),
]);

/** Why runs wait, at one moment: gathers the facts for `waitReason`, those of a queue or sweep once. */
export class Reasons {
  readonly #repos: Parts;
  readonly #at: { executor: Executor; now: number };
  readonly #queues = new Map<string, QueueRoom | null>();
  readonly #sweeps = new Map<string, SweepRoom>();
  readonly #engines = new Map<EngineKind, WaitReason | null>();

  constructor(repos: Parts, at: { executor: Executor; now: number }) {
    this.#repos = repos;
    this.#at = at;
  }

  /** Of those that wait in a queue behind the first `offset` ones, in their order. */
  entries(queue: Queue, waiting: readonly WaitingRun[], offset: number): QueueEntry[] {
    let before = offset > 0 && waiting[0] ? this.#before(waiting[0]) : 0;
    return waiting.map((each, at) => {
      const reason = this.#reason(each, queue, () => before);
      if (!PASSED.has(reason.code)) before += 1;
      return { run: each.run, position: offset + at + 1, reason };
    });
  }

  of(waiting: WaitingRun): WaitReason {
    const { run } = waiting;
    const queue = run.queue && this.#queue(run.queue.id);
    return this.#reason(waiting, queue, () => (queue ? this.#before(waiting) : 0));
  }

  #before({ run }: WaitingRun): number {
    return this.#repos.queueRuns.before(run, this.#at.now, this.#away());
  }

  #reason({ run, noted }: WaitingRun, queue: QueueRoom | null, before: () => number): WaitReason {
    return waitReason({
      ...this.#at,
      notBefore: run.notBefore,
      queue,
      noted: noted ?? this.#engine(run.engine!),
      sweep: run.sweep && this.#sweep(run.sweep.id),
      before,
    });
  }

  #away(): EngineKind[] {
    return ENGINE_KINDS.filter((kind) => this.#engine(kind) !== null);
  }

  /** The executor notes on the first of those that wait that their engine is away or full; it holds for all. */
  #engine(kind: EngineKind): WaitReason | null {
    if (!this.#engines.has(kind)) {
      this.#engines.set(kind, this.#repos.queueRuns.noteOfEngine(kind));
    }
    return this.#engines.get(kind) ?? null;
  }

  #queue(id: string): QueueRoom | null {
    if (!this.#queues.has(id)) this.#queues.set(id, this.#repos.queues.room(id));
    return this.#queues.get(id) ?? null;
  }

  #sweep(id: string): SweepRoom {
    const room = this.#sweeps.get(id) ?? this.#repos.queueRuns.sweepRoom(id);
    this.#sweeps.set(id, room);
    return room;
  }
}
