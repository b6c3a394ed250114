import type { EngineStatus } from '../../shared/domain/engine.ts';
import type { Clock } from '../clock.ts';

export type UnstampedStatus = Omit<EngineStatus, 'since'>;

/** Remembers since when an engine cannot be used. */
export class AwaySince {
  readonly #clock: Clock;
  #since: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  stamp(status: UnstampedStatus): EngineStatus {
    this.#since = status.available ? null : (this.#since ?? this.#clock.now());
    return { ...status, since: this.#since };
  }
}
