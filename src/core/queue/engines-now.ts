import type { EngineStatus } from '../../shared/domain/engine.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from '../engines/engine.ts';

/** How often an engine is asked that can be used, and one that cannot. */
const THERE_MS = 5000;
const AWAY_MS = 1000;

export interface EnginesNowParts {
  engine(kind: EngineKind): Pick<Engine, 'status'>;
  clock: Clock;
}

/** Whether engines can be used, as far as is known without waiting for an answer: one that hangs holds up nobody. */
export class EnginesNow {
  readonly #parts: EnginesNowParts;
  readonly #known = new Map<EngineKind, { status: EngineStatus; at: number }>();
  readonly #asked = new Set<EngineKind>();

  constructor(parts: EnginesNowParts) {
    this.#parts = parts;
  }

  /**
   * What an engine said last; null before it was asked. It is asked when that was a while ago, and
   * `onChange` is called when it says something else.
   */
  status(
    kind: EngineKind,
    onChange: (status: EngineStatus) => void,
    signal: AbortSignal,
  ): EngineStatus | null {
    const known = this.#known.get(kind);
    const age = this.#parts.clock.monotonic() - (known?.at ?? -Infinity);
    const isOld = age > (known?.status.available ? THERE_MS : AWAY_MS);
    if (isOld && !this.#asked.has(kind)) void this.#ask(kind, onChange, signal);
    return known?.status ?? null;
  }

  async #ask(
    kind: EngineKind,
    onChange: (status: EngineStatus) => void,
    signal: AbortSignal,
  ): Promise<void> {
    this.#asked.add(kind);
    const status = await this.#parts.engine(kind).status(signal);
    this.#asked.delete(kind);
    if (signal.aborted) return;
    const before = this.#known.get(kind)?.status;
    this.#known.set(kind, { status, at: this.#parts.clock.monotonic() });
    if (before?.available !== status.available) onChange(status);
  }
}
