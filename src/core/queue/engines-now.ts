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

/** Both are called with the answer of an engine that was asked. */
export interface EngineHooks {
  /** It says something else than before. */
  onChange(): void;
  /** What it says is known, which it was not when it was asked about. */
  onKnown(): void;
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
   * What an engine said last; null before it was asked, and for one that was there a while ago: nobody may have
   * asked meanwhile, and nothing is to be started on its word. It is asked then.
   */
  status(kind: EngineKind, hooks: EngineHooks, signal: AbortSignal): EngineStatus | null {
    const known = this.#known.get(kind)?.status ?? null;
    if (!this.#isOld(kind)) return known;
    if (!this.#asked.has(kind)) void this.#ask(kind, hooks, signal);
    return known?.available ? null : known;
  }

  #isOld(kind: EngineKind): boolean {
    const known = this.#known.get(kind);
    const age = this.#parts.clock.monotonic() - (known?.at ?? -Infinity);
    return age > (known?.status.available ? THERE_MS : AWAY_MS);
  }

  async #ask(
    kind: EngineKind,
    { onChange, onKnown }: EngineHooks,
    signal: AbortSignal,
  ): Promise<void> {
    this.#asked.add(kind);
    const status = await this.#parts.engine(kind).status(signal);
    this.#asked.delete(kind);
    if (signal.aborted) return;
    const before = this.#known.get(kind)?.status;
    this.#known.set(kind, { status, at: this.#parts.clock.monotonic() });
    if (before?.available !== status.available) onChange();
    if (before === undefined || before.available) onKnown();
  }
}
