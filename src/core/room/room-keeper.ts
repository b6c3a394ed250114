import type { Clock } from '../clock.ts';
import type { RoomRepo } from '../db/room-repo.ts';
import type { QueueLease } from '../queue/lease.ts';
import { delay } from '../scope.ts';
import type { RoomService } from './room-service.ts';

const FIRST_MS = 60_000;
const LOOK_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Measuring after every run of a busy queue would be more work than the runs. */
const AGAIN_MS = 60 * 60_000;

export interface RoomKeeperParts {
  room: Pick<RoomService, 'keepBudget'>;
  repo: Pick<RoomRepo, 'last' | 'remember' | 'endedRuns'>;
  /** The one process that executes queues keeps the budget, too. */
  lease: Pick<QueueLease, 'isHeld'>;
  clock: Clock;
  /** Bytes; 0 for none. */
  budget(): number;
  /** Is told of what stands in the way. */
  note(error: unknown): void;
}

/** Keeps what everything takes below the budget, while a process stays: once a day, and after runs when it was over it. */
export class RoomKeeper {
  readonly #parts: RoomKeeperParts;
  #lookedAt: number | null = null;
  #budget = 0;
  #runs = 0;

  constructor(parts: RoomKeeperParts) {
    this.#parts = parts;
  }

  /** Ends with the cancellation. */
  async keep(signal: AbortSignal): Promise<void> {
    await delay(FIRST_MS, signal);
    for (;;) {
      await this.look(signal);
      await delay(LOOK_MS, signal);
    }
  }

  /** Frees what is over the budget, if it is time for that. */
  async look(signal: AbortSignal): Promise<void> {
    try {
      if (this.#isDue()) await this.#keep(signal);
    } catch (error) {
      if (signal.aborted) throw error;
      this.#parts.note(error);
    }
  }

  #isDue(): boolean {
    const { budget, lease, clock, repo } = this.#parts;
    if (budget() === 0 || !lease.isHeld) return false;
    const last = repo.last();
    if (this.#budget !== budget() && this.#lookedAt !== null) return true;
    if (last === null || Math.abs(clock.now() - last.measuredAt) >= DAY_MS) return true;
    if (last.total <= budget()) return false;
    const isAgain = this.#lookedAt === null || clock.monotonic() - this.#lookedAt >= AGAIN_MS;
    return isAgain && repo.endedRuns() !== this.#runs;
  }

  async #keep(signal: AbortSignal): Promise<void> {
    const { room, repo, clock, budget } = this.#parts;
    this.#lookedAt = clock.monotonic();
    this.#budget = budget();
    this.#runs = repo.endedRuns();
    const cleaned = await room.keepBudget(budget(), { signal });
    if (!cleaned || cleaned.freed === 0) return;
    const { measuredAt, total, freeable } = cleaned.report;
    const kept = { at: clock.now(), freed: cleaned.freed };
    repo.remember({ measuredAt, total, freeable, kept });
  }
}
