import { toErrorData } from '../../shared/errors.ts';
import { ENGINE_KINDS, type EngineKind, type Run } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { ExecutorLock } from '../db/executor-lock.ts';
import type { RestoredRepo } from '../db/restored-repo.ts';
import type { Engine, EngineFact } from '../engines/engine.ts';
import { delay, type Scope } from '../scope.ts';
import {
  interruptedBeforeStart,
  isCancelled,
  isNoAnswer,
  isNotThere,
  isUnusable,
} from './failure.ts';
import { LookRhythm } from './look-rhythm.ts';
import { reconcile, type ActiveRun, type ReconcileAction } from './reconcile.ts';
import { givenBack } from './give-back.ts';
import type { LiveFolders } from './live-folders.ts';
import type { RunService } from './run-service.ts';

/** Time between looks for runs whose process died. */
const WATCH_MS = 1000;
/** Waits for something killed to be gone. */
const CLEAR_WAITS_MS = [10, 50, 200, 1000];

/** The longest a process that is soon gone waits for the end of one run: its disk may be full. */
const SETTLE_MS = 10_000;
/** The longest such a process waits for an engine to tell what it has: a person waits for the command. */
const SETTLE_LOOK_MS = 3000;

type Mode = 'settle' | 'follow';

export interface ReconcilerParts {
  repos: Repos;
  lock: ExecutorLock;
  runs: RunService;
  live: LiveFolders;
  restored: Pick<RestoredRepo, 'spares'>;
  engine(kind: EngineKind): Engine;
  clock: Clock;
  scope: Scope;
  /** Is told of what ended a look, see `Troubles.noteFault`. */
  noteFault(error: unknown): void;
}

/**
 * Brings rows and engines into agreement: at start, and in a process that stays, for as long as it does.
 * Several processes may do it at once; taking a run over is decided by the database.
 */
export class Reconciler {
  readonly #parts: ReconcilerParts;
  readonly #rhythm: LookRhythm;

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
    this.#rhythm = new LookRhythm(parts.clock);
  }

  /**
   * `settle`, for a process that is soon gone: ends what is over, and waits a while for that. `follow`, for one
   * that stays: also takes over what still runs, now and whenever another process dies or an engine comes
   * back, until the scope ends. To be called once with `follow`.
   * @throws what an engine throws that answers, but with a fault; the others were looked at all the same.
   */
  async run(mode: Mode): Promise<void> {
    this.#parts.lock.sweep();
    if (mode === 'follow') {
      void this.#parts.scope.run((signal) => this.#watch(signal)).catch(this.#parts.noteFault);
    }
    await this.#lookAtAll(mode);
  }

  /** To be called when something is likely to have changed: the machine woke up, an engine is there again. */
  lookSoon(): void {
    this.#rhythm.now();
  }

  async #lookAtAll(mode: Mode): Promise<void> {
    const faults: unknown[] = [];
    for (const kind of ENGINE_KINDS) {
      await this.#look(kind, mode).catch((fault: unknown) => faults.push(fault));
    }
    await this.#sweepLive();
    if (faults.length === 0) return;
    this.#rhythm.again();
    throw faults[0];
  }

  async #sweepLive(): Promise<void> {
    const { repos, live } = this.#parts;
    await live.sweep(() => new Set(repos.runs.held().map(({ attempt }) => attempt.id)));
  }

  /** Looks again and again for runs that nobody attends, now and then at everything. Ends with the cancellation. */
  async #watch(signal: AbortSignal): Promise<void> {
    for (;;) {
      await delay(WATCH_MS, signal);
      const look = this.#rhythm.isDue() ? this.#lookAtAll('follow') : this.#lookForLeft();
      // What is at fault now (an engine, a busy database) is looked at again the next time.
      await look.catch((error: unknown) => {
        if (!signal.aborted) this.#parts.noteFault(error);
      });
    }
  }

  async #lookForLeft(): Promise<void> {
    for (const kind of ENGINE_KINDS) {
      const left = this.#activeOn(kind).some(({ owner }) => owner !== 'taken');
      if (left) await this.#look(kind, 'follow');
    }
  }

  async #look(kind: EngineKind, mode: Mode): Promise<void> {
    if (!(await this.#once(kind, mode))) this.#markUnreachable(kind);
  }

  /** False when the engine does not answer. */
  async #once(kind: EngineKind, mode: Mode): Promise<boolean> {
    const engine = this.#parts.engine(kind);
    try {
      const all = await this.#list(engine, mode);
      if (!all) return this.#activeOn(kind).length === 0;
      const facts = all.filter(({ attemptId }) => !this.#parts.restored.spares(attemptId));
      // Read again: a run may have begun while the engine was asked.
      for (const action of reconcile(this.#activeOn(kind), facts)) {
        await this.#apply(engine, action, mode);
      }
      return true;
    } catch (error) {
      // It is there, and could not do it this time.
      if (toErrorData(error).code !== 'E_ENGINE_NONE') this.#rhythm.again();
      // Without runs of its own, an engine that is not there is not worth waiting for.
      if (isUnusable(error)) return this.#activeOn(kind).length === 0;
      throw error;
    }
  }

  /** What the engine has; null when that takes longer than a process that is soon gone waits for it. */
  async #list(engine: Engine, mode: Mode): Promise<EngineFact[] | null> {
    const { signal } = this.#parts.scope;
    if (mode === 'follow') return engine.list(signal);
    const limit = AbortSignal.timeout(SETTLE_LOOK_MS);
    try {
      return await engine.list(AbortSignal.any([signal, limit]));
    } catch (error) {
      if (isCancelled(error) && !signal.aborted) return null;
      throw error;
    }
  }

  async #apply(engine: Engine, action: ReconcileAction, mode: Mode): Promise<void> {
    const { runs, scope } = this.#parts;
    if (action.do === 'remove') {
      if (!(await clear(engine, action.ref, scope.signal))) this.#rhythm.again();
      return;
    }
    if (action.do === 'attend') {
      if (mode === 'settle' && !action.ended) return;
      runs.adopt(action.runId);
      if (mode === 'follow') return;
      return Promise.race([runs.attended(action.runId), delay(SETTLE_MS, scope.signal)]);
    }
    this.#interrupt(action.runId);
  }

  #interrupt(runId: string): void {
    const { repos, clock } = this.#parts;
    if (givenBack(this.#parts, repos.runs.get(runId)!)) return;
    const log = { state: 'none' as const, reason: null };
    repos.runs.end(runId, { ...interruptedBeforeStart(), log }, clock.now());
  }

  #activeOn(kind: EngineKind): (ActiveRun & { run: Run })[] {
    const { repos, lock } = this.#parts;
    return repos.runs
      .held()
      .filter(({ run }) => run.engine === kind)
      .map(({ run, attempt, executor }) => ({
        run,
        attempt,
        owner: lock.isAlive(executor) ? 'taken' : 'dead',
      }));
  }

  #markUnreachable(kind: EngineKind): void {
    for (const { run, owner } of this.#activeOn(kind)) {
      if (owner !== 'dead' || !run.engineReachable) continue;
      const text = 'The engine does not answer; the run is followed on when it does';
      this.#parts.repos.runs.setReachable(run.id, false, text, this.#parts.clock.now());
    }
  }
}

/**
 * Removes what no run needs, ending it first if it still runs. False when the engine does not remove it now:
 * that must not keep the others from being looked at.
 */
async function clear(engine: Engine, ref: string, signal: AbortSignal): Promise<boolean> {
  try {
    await engine.stop(ref, 'kill', signal);
    for (const ms of CLEAR_WAITS_MS) {
      const fact = await engine.inspect(ref, signal);
      if (fact?.phase !== 'running') break;
      await delay(ms, signal);
    }
    await engine.remove(ref, signal);
    return true;
  } catch (error) {
    if (isCancelled(error) || (isNotThere(error) && !isNoAnswer(error))) throw error;
    return false;
  }
}
