import { AppError } from '../../../shared/errors.ts';
import type {
  CreateRequest,
  Engine,
  EngineFact,
  FollowHooks,
  LogSink,
} from '../../engines/engine.ts';

/** The places at which a connection can be told to go silent, as a killed process does. */
export const CRASH_POINTS = [
  'before prepare',
  'before create',
  'after create',
  'before start',
  'after start',
  'mid output',
  'after output',
  'before seal',
  'after seal',
  'before remove',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

type FakeCall =
  | 'prepare'
  | 'build'
  | 'create'
  | 'follow'
  | 'start'
  | 'started'
  | 'inspect'
  | 'seal'
  | 'remove'
  | 'list';

interface Container {
  attemptId: string;
  phase: 'created' | 'running' | 'paused' | 'ended';
  exitCode: number | null;
  signal: 'interrupt' | 'kill' | null;
  starts: number;
}

/**
 * An engine in memory that outlives the "processes" connected to it, for faults that a real one cannot
 * be made to show at will.
 */
export class FakeEngine {
  readonly containers = new Map<string, Container>();
  /** What every job prints, in pieces. */
  output = ['one\n', 'two\n', 'three\n'].map((text) => Buffer.from(text));
  exitCode = 0;
  /** Until this resolves, jobs go on after their last output. */
  gate: Promise<void> = Promise.resolve();
  /** Until this resolves, environments are being prepared. */
  preparing: Promise<void> = Promise.resolve();
  /** Ignores the interrupt, as a job may. */
  stubborn = false;
  /** What an interrupt fails with. */
  interruptFault: Error | null = null;
  /** What the next signals fail with. */
  stopFaults: Error[] = [];
  reachable = true;
  /** What its status says while it is reachable: false where something else answers. */
  available = true;
  /** Has started anew since jobs started. */
  startUnseen = false;
  /** What the next calls fail with, by the call; `started` is the answer to a start that was carried out. */
  readonly faults: Partial<Record<FakeCall, Error[]>> = {};
  /** Waited for before a signal is sent. */
  onStop: (() => Promise<void>) | null = null;
  starts = 0;
  /** What was to be created, in order. */
  requests: CreateRequest[] = [];
  /** What was to be masked, each time that a log was followed or sealed. */
  masks: string[][] = [];

  /** A process's connection. At `crashAt` it calls `onCrash` and never answers again. */
  connect(crashAt?: CrashPoint, onCrash: () => void = () => undefined): Engine {
    let dead = false;
    const at = async (point?: CrashPoint): Promise<void> => {
      if (point && point === crashAt && !dead) {
        dead = true;
        onCrash();
      }
      if (dead) await new Promise(() => undefined);
      if (!this.reachable) throw new AppError('E_ENGINE_LOST', 'the fake engine is away');
    };
    return {
      kind: 'process',
      status: async () => {
        const available = this.reachable && this.available && !dead;
        return { kind: 'process', available, text: 'fake', fix: null, since: available ? null : 1 };
      },
      preflight: async ({ code }) => {
        if (code.kind === 'image') throw new AppError('E_ENGINE_NONE', 'no images here');
        return { findings: [], rewritten: null };
      },
      resolveImage: async () => {
        throw new AppError('E_ENGINE_NONE', 'the fake engine has no images');
      },
      prepare: async (_request, steps, signal) => {
        await at('before prepare');
        await Promise.race([this.preparing, aborted(signal)]);
        this.#fail('prepare');
        steps.begin(0, 'step');
        this.#fail('build');
        steps.end(0, 'done');
        return { id: 'env', name: 'env', reused: false, because: 'first build', layout: 'slipway' };
      },
      create: async (request) => {
        await at('before create');
        this.requests.push(request);
        this.#fail('create');
        this.#create(request.attemptId);
        await at('after create');
        return request.attemptId;
      },
      follow: async (ref, sink, hooks, signal) => this.#follow(ref, sink, hooks, signal, at),
      inspect: async (ref) => {
        await at();
        this.#fail('inspect');
        const found = this.containers.get(ref);
        return found ? fact(ref, found) : null;
      },
      stop: async (ref, how) => {
        await at();
        await this.onStop?.();
        const fault = this.stopFaults.shift();
        if (fault) throw fault;
        if (how === 'interrupt' && this.interruptFault) throw this.interruptFault;
        return this.#stop(ref, how);
      },
      seal: async (_ref, sink) => {
        await at('before seal');
        this.#fail('seal');
        this.masks.push((sink.masks ?? []).map(String));
        await this.#deliver(sink, async () => undefined);
        await at('after seal');
        return { whole: true, startUnseen: this.startUnseen };
      },
      collect: async () => false,
      checkRun: async () => [],
      capacity: async () => ({ isHere: true, memoryBytes: null, cpus: null }),
      async *measure() {
        // A job in memory uses nothing.
      },
      collectOutputs: async () => [],
      remove: async (ref) => {
        await at('before remove');
        this.#fail('remove');
        this.containers.delete(ref);
      },
      list: async () => {
        await at();
        this.#fail('list');
        return [...this.containers].map(([ref, container]) => fact(ref, container));
      },
    };
  }

  #fail(call: FakeCall): void {
    const fault = this.faults[call]?.shift();
    if (fault) throw fault;
  }

  #create(attemptId: string): void {
    if (this.containers.has(attemptId)) return;
    const container = {
      attemptId,
      phase: 'created' as const,
      exitCode: null,
      signal: null,
      starts: 0,
    };
    this.containers.set(attemptId, container);
  }

  async #follow(
    ref: string,
    sink: LogSink,
    hooks: FollowHooks,
    signal: AbortSignal,
    at: (point?: CrashPoint) => Promise<void>,
  ): Promise<void> {
    await at();
    this.#fail('follow');
    this.masks.push((sink.masks ?? []).map(String));
    const container = this.containers.get(ref)!;
    if (container.phase === 'created') {
      hooks.beforeStart();
      await at('before start');
      this.#fail('start');
      this.#start(container);
      await at('after start');
      this.#fail('started');
    }
    hooks.started();
    await this.#deliver(sink, () => at('mid output'));
    await at('after output');
    await until(() => {
      if (container.phase !== 'ended') hooks.paused(container.phase === 'paused');
      return container.phase === 'ended';
    }, signal);
    await at();
  }

  #start(container: Container): void {
    container.phase = 'running';
    container.starts += 1;
    this.starts += 1;
    void this.gate.then(() => this.#end(container, this.exitCode));
  }

  #stop(ref: string, how: 'interrupt' | 'kill'): boolean {
    const container = this.containers.get(ref);
    if (!container || container.phase !== 'running') return false;
    container.signal = how;
    if (how === 'kill' || !this.stubborn) this.#end(container, how === 'kill' ? 137 : 130);
    return true;
  }

  #end(container: Container, exitCode: number): void {
    if (container.phase !== 'running') return;
    container.phase = 'ended';
    container.exitCode = exitCode;
  }

  /** Appends what the sink does not have yet, piece by piece. */
  async #deliver(sink: LogSink, between: () => Promise<void>): Promise<void> {
    let offset = 0;
    for (const piece of this.output) {
      const from = Math.max(sink.position().stdout - offset, 0);
      offset += piece.length;
      if (from < piece.length) await sink.append(1, piece.subarray(from), 0);
      await between();
    }
  }
}

function fact(ref: string, container: Container): EngineFact {
  return {
    attemptId: container.attemptId,
    ref,
    phase: container.phase,
    exitCode: container.exitCode,
    signal: null,
    outOfMemory: false,
    memoryLimit: null,
    error: null,
    engineDied: null,
    startedAt: container.starts > 0 ? 1 : null,
    endedAt: container.phase === 'ended' ? 2 : null,
  };
}

async function until(condition: () => boolean, signal: AbortSignal): Promise<void> {
  while (!condition()) {
    if (signal.aborted) throw new AppError('E_CANCELLED', 'Following was cancelled.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const fail = (): void => reject(new AppError('E_CANCELLED', 'Preparing was cancelled.'));
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail);
  });
