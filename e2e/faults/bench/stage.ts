import type { PrivateEngine } from '../../../src/core/engines/docker/testing/private-engine.ts';
import { auditSoon, type Expected, type Finding, type Scene } from '../audit/auditor.ts';
import { EngineWitness } from '../audit/engine-witness.ts';
import { checkTemp } from '../audit/leftovers.ts';
import { StateTrace } from '../audit/state-trace.ts';
import { EngineProxy } from '../proxy/engine-proxy.ts';
import type { TestedProcess } from './child.ts';
import { startEngine } from './engine.ts';
import { killAll } from './kill-all.ts';
import { Place } from './place.ts';

const READY_MS = 30_000;

export interface StageOptions {
  /** Of dockerd. */
  flags?: string[];
  /** Without the proxy between, where the engine itself is what fails. */
  direct?: boolean;
  /** More variables for the product. */
  env?: NodeJS.ProcessEnv;
}

/**
 * All that a scenario needs: an engine of its own with nothing else on it, a proxy before it, a data
 * folder with the job of numbered lines, a core that executes, and those who look on.
 */
export class Stage {
  readonly engine: PrivateEngine;
  readonly proxy: EngineProxy;
  readonly place: Place;
  readonly witness: EngineWitness;
  readonly trace: StateTrace;
  #core: TestedProcess | null = null;
  readonly #crashes: string[] = [];

  private constructor(
    engine: PrivateEngine,
    proxy: EngineProxy,
    place: Place,
    witness: EngineWitness,
  ) {
    this.engine = engine;
    this.proxy = proxy;
    this.place = place;
    this.witness = witness;
    this.trace = new StateTrace(place.dataDir);
  }

  /** @throws Error when it cannot be set; nothing is left then */
  static async set({ flags, direct = false, env }: StageOptions = {}): Promise<Stage> {
    const engine = await startEngine(flags);
    const proxy = await EngineProxy.listen(engine.host);
    let place: Place | null = null;
    try {
      place = await Place.make(direct ? engine.host : proxy.host, env);
      await place.makeLinesJob();
      return new Stage(engine, proxy, place, await EngineWitness.watch(engine.host));
    } catch (error) {
      await proxy.close();
      await engine.dispose();
      await place?.dispose();
      throw error;
    }
  }

  /** The core that executes now. */
  get core(): TestedProcess | null {
    return this.#core;
  }

  /** Starts a core. Does not wait for it: a kill may come at any moment. */
  startCore(env: NodeJS.ProcessEnv = {}): TestedProcess {
    this.#noteCrash();
    this.#core = this.place.startCore(env);
    return this.#core;
  }

  /** Starts a core and resolves when it executes. */
  async startCoreReady(env: NodeJS.ProcessEnv = {}): Promise<TestedProcess> {
    const core = this.startCore(env);
    await Promise.race([
      core.printed('"executor"'),
      rejectAfter(READY_MS, 'the core did not start'),
    ]);
    return core;
  }

  /** Resolves when the run has ended. @throws Error when it has not after `ms`, or the core ended by itself */
  async untilEnded(runId: string, ms: number): Promise<void> {
    const ended = this.trace.untilEnded(runId, ms);
    const core = this.#core;
    // A core that we kill is followed by another one.
    const crashed = core?.ended.then(() => core.crash ?? new Promise<never>(() => undefined));
    const crash = await Promise.race([ended, ...(crashed ? [crashed] : [])]);
    ended.catch(() => undefined);
    if (typeof crash === 'string') throw new Error(`the core: ${crash}`);
  }

  /** `kill -9` for everything of Slipway on the data folder, at once. */
  killSlipway(): void {
    // A process that has crashed by now was not killed by us.
    this.#noteCrash();
    void this.#core?.kill();
    killAll(this.place.dataDir);
  }

  /** Whether all is well, once no run goes on. */
  async audit(expected: readonly Expected[]): Promise<Finding[]> {
    const found = await auditSoon(this.scene(expected));
    this.#noteCrash();
    return found;
  }

  /** What the auditor looks at. */
  scene(expected: readonly Expected[]): Scene {
    const { witness, trace } = this;
    return { dataDir: this.place.dataDir, host: this.engine.host, witness, trace, expected };
  }

  /** Processes that ended although nobody ended them, and why. */
  get crashes(): readonly string[] {
    this.#noteCrash();
    return this.#crashes;
  }

  /** Ends and removes everything. Returns what the product has left in the temporary folder. */
  async clear(): Promise<string[]> {
    this.witness.end();
    this.trace.end();
    this.killSlipway();
    const left = checkTemp(this.place.tempFolder);
    await this.proxy.close();
    await this.engine.dispose();
    await this.place.dispose();
    return left;
  }

  #noteCrash(): void {
    const crash = this.#core?.crash;
    if (crash && !this.#crashes.includes(crash)) this.#crashes.push(crash);
  }
}

const rejectAfter = (ms: number, text: string): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`${text} within ${ms / 1000} s`)), ms).unref();
  });
