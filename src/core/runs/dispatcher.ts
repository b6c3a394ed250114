import { setImmediate as nextTurn } from 'node:timers/promises';
import { ENGINE_KINDS, type EngineKind } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { ChangeFeed, Repos } from '../db/change-feed.ts';
import type { Database } from '../db/database.ts';
import type { Head } from '../db/waiting-repo.ts';
import type { Engine } from '../engines/engine.ts';
import { Alarm } from '../queue/alarm.ts';
import { admit, type Admission } from '../queue/admission.ts';
import { EnginesNow } from '../queue/engines-now.ts';
import type { FullDisks } from '../queue/full-disks.ts';
import type { QueueLease } from '../queue/lease.ts';
import type { MachineRoom } from '../queue/machine-room.ts';
import { NeedsOfRuns } from '../queue/needs-of-runs.ts';
import { engineAway, filesTaken } from '../queue/wait-reason.ts';
import { WaitNotes } from '../queue/wait-notes.ts';
import { hasNoFilesLeft } from '../system-limit.ts';
import type { RunService } from './run-service.ts';

/** Time between looks while something waits and nothing says that it may start: memory may have come free. */
const LOOK_MS = 1000;
/** Runs that are looked at in one turn. */
const AT_ONCE = 16;
/** Files and connections that one more run may need at a time. */
const FILES_OF_A_RUN = 24;

export interface DispatcherParts {
  repos: Pick<Repos, 'waiting' | 'needs'>;
  /** Tells of every write of this process, at once. */
  db: Pick<Database, 'onWrite'>;
  /** Tells of those of other processes. */
  feed: Pick<ChangeFeed, 'on'>;
  lease: Pick<QueueLease, 'isHeld' | 'onTaken' | 'takePart'>;
  runs: Pick<RunService, 'take'>;
  room: Pick<MachineRoom, 'of'>;
  disks: FullDisks;
  engine(kind: EngineKind): Pick<Engine, 'status'>;
  clock: Clock;
  /** Is told of what ended a look, see `Troubles.noteFault`. */
  noteFault(error: unknown): void;
}

/**
 * Starts runs that wait for somebody, in the process that holds the lease: those of queues, left to the
 * background, further tries, cells of sweeps. That it holds it, and that the run may start, is checked by the
 * database in the statement that takes the run (`WaitingRepo.take`; docs/adr/0020-one-executor.md). Looks
 * at the first run of each queue, however many wait, and never waits for an answer.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #engines: EnginesNow;
  readonly #needs: NeedsOfRuns;
  readonly #notes: WaitNotes;
  readonly #alarms = new Set<Alarm>();
  #holds = 0;
  /** Whether notes of before something changed may still be there. */
  #isStale = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#engines = new EnginesNow(parts);
    this.#needs = new NeedsOfRuns(parts.repos.needs, parts.clock);
    this.#notes = new WaitNotes(parts.repos.waiting, parts.clock);
  }

  /** From now on this process starts nothing that waits, until what is returned is called. */
  hold(): () => void {
    this.#holds += 1;
    let isHeld = true;
    return () => {
      if (isHeld) this.#holds -= 1;
      isHeld = false;
      this.#ring();
    };
  }

  /** Takes part in the lease and starts what may start while it has it, until the signal. */
  async execute(signal: AbortSignal): Promise<void> {
    const { db, feed, lease } = this.#parts;
    const alarm = new Alarm();
    const ring = () => alarm.ring();
    this.#alarms.add(alarm);
    const forget = [
      ...[db.onWrite(ring), feed.on(ring)],
      lease.onTaken(() => this.#notes.forget()),
      lease.onTaken(ring),
      this.#parts.disks.on(() => this.#changed()),
    ];
    signal.addEventListener('abort', ring);
    const ended = lease.takePart(signal);
    try {
      while (!signal.aborted) {
        await alarm.sleep(this.#lookedUntil(signal));
        // All writes of one turn are one reason to look.
        await nextTurn();
      }
    } finally {
      this.#alarms.delete(alarm);
      for (const each of forget) each();
      signal.removeEventListener('abort', ring);
      await ended;
    }
  }

  /** Starts what may start now. */
  dispatch(signal: AbortSignal): void {
    const { lease, repos, disks } = this.#parts;
    if (!lease.isHeld || this.#holds > 0 || !repos.waiting.some()) return;
    if (this.#isStale) this.#forgetNotes();
    repos.waiting.keepWaitsOfRetries(this.#parts.clock.now());
    let engines = ENGINE_KINDS.filter((kind) => this.#isThere(kind, signal));
    /** Queues whose first run waits: it holds back those behind it. */
    const full = new Set<string | null>();
    // A great many are started turn by turn: nothing else is done meanwhile.
    for (let left = AT_ONCE; left > 0 && engines.length > 0; left--) {
      const head = this.#first(engines, full);
      if (head === null) return;
      if (!this.#start(head, signal)) full.add(head.queueId);
      // It may have been the one run that is tried where there was no room.
      engines = engines.filter((kind) => disks.reason(kind) === null);
    }
  }

  /** False when the run holds back those behind it, or has changed meanwhile. */
  #start(head: Head, signal: AbortSignal): boolean {
    const admission = this.#admit(head, signal);
    if (admission === null) return false;
    if (admission.is === 'fits') return this.#parts.runs.take(head.id);
    this.#notes.write(head, admission.reason);
    return admission.is === 'never';
  }

  #ring(): void {
    for (const alarm of this.#alarms) alarm.ring();
  }

  /** Dispatches; whatever is at fault now is told, and looked at again. Returns when, in ms; null: when there is news. */
  #lookedUntil(signal: AbortSignal): number | null {
    try {
      this.dispatch(signal);
      return this.#untilNext();
    } catch (error) {
      this.#parts.noteFault(error);
      return LOOK_MS;
    }
  }

  /** A run whose engine is away or full waits: it would only fail. */
  #isThere(kind: EngineKind, signal: AbortSignal): boolean {
    const heads = this.#heads([kind]);
    if (heads.length === 0) return false;
    const hooks = { onChange: () => this.#changed(), onKnown: () => this.#ring() };
    const status = this.#engines.status(kind, hooks, signal);
    if (status === null) return false;
    const reason = status.available
      ? this.#parts.disks.reason(kind)
      : engineAway(status.since, this.#parts.clock.now());
    if (reason === null) this.#leaveNobodyOut(kind);
    else for (const head of heads) this.#notes.write(head, reason);
    return reason === null;
  }

  /** Where a disk was full, those that found no room are tried again after all others. */
  #leaveNobodyOut(kind: EngineKind): void {
    const { disks } = this.#parts;
    const passed = disks.passed();
    if (passed.length > 0 && this.#heads([kind], passed).length === 0) disks.nextRound(kind);
  }

  /** An engine came or went, or is full or not any more: what was noted because of it is looked at anew. */
  #changed(): void {
    // Who takes the lease begins without notes; those of its holder are not ours to forget.
    if (!this.#parts.lease.isHeld) return;
    this.#isStale = true;
    try {
      this.#forgetNotes();
    } catch (error) {
      // The next look does it.
      this.#parts.noteFault(error);
    }
    this.#ring();
  }

  #forgetNotes(): void {
    this.#notes.forget();
    this.#isStale = false;
  }

  /** Of the first runs of all queues the one that starts first: by priority, then by age. */
  #first(engines: readonly EngineKind[], full: ReadonlySet<string | null>): Head | null {
    const passed = this.#parts.disks.passed();
    const heads = this.#heads(engines, passed).filter(({ queueId }) => !full.has(queueId));
    return heads.toSorted((a, b) => a.priority - b.priority || a.seq - b.seq)[0] ?? null;
  }

  #heads(engines: readonly EngineKind[], passed: readonly string[] = []): Head[] {
    const { repos, clock } = this.#parts;
    const now = clock.now();
    const queues = [null, ...repos.waiting.queuesWithRoom()];
    return queues
      .map((id) => repos.waiting.headOf(id, engines, now, passed))
      .filter((head) => head !== null);
  }

  /** What is in no queue was asked for now: it starts at once. Null while nothing is known of the machine. */
  #admit(head: Head, signal: AbortSignal): Admission | null {
    if (hasNoFilesLeft(FILES_OF_A_RUN)) return { is: 'waits', reason: filesTaken };
    if (head.queueId === null) return { is: 'fits' };
    const needs = this.#needs.of(head);
    if (needs.memory === null && needs.cpus === null) return { is: 'fits' };
    const machine = this.#parts.room.of(head.engine, () => this.#ring(), signal);
    return machine && admit(needs, machine, this.#needs.going());
  }

  #untilNext(): number | null {
    const { repos, lease, clock } = this.#parts;
    if (!lease.isHeld || !repos.waiting.some()) return null;
    const now = clock.now();
    const next = repos.waiting.nextTime(now);
    return next === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(1, next - now));
  }
}
