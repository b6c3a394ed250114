import { AppError } from '../../shared/errors.ts';
import type { EngineChoice, EngineStatus } from '../../shared/domain/engine.ts';
import { ENGINE_KINDS, type EngineKind } from '../../shared/domain/run.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Engine } from '../engines/engine.ts';
import { checkCancelled } from '../scope.ts';

/** So long an engine is waited for by what can do without its answer: one that is there needs milliseconds. */
const SOON_MS = 1000;

/** An engine as it was found, for a launch. */
export interface WantedEngine extends EngineStatus {
  /** Why Docker is not the one, where it would be if it could be used; else null. */
  withoutDocker: string | null;
}

/** Decides which engine new runs use, and says why. */
export class EngineChooser {
  readonly #engine: (kind: EngineKind) => Engine;
  readonly #settings: () => Settings;

  constructor(parts: { engine(kind: EngineKind): Engine; settings(): Settings }) {
    this.#engine = (kind) => parts.engine(kind);
    this.#settings = () => parts.settings();
  }

  status(kind: EngineKind, signal: AbortSignal): Promise<EngineStatus> {
    return this.#engine(kind).status(signal);
  }

  /** The engine of the settings. */
  get setting(): Settings['engine'] {
    return this.#settings().engine;
  }

  async choice(signal: AbortSignal): Promise<EngineChoice> {
    const engines = await Promise.all(ENGINE_KINDS.map((kind) => this.status(kind, signal)));
    const { setting } = this;
    if (setting !== 'auto') return { kind: setting, because: 'chosen in the settings', engines };
    const docker = engines.find((engine) => engine.kind === 'docker')!;
    return docker.available
      ? { kind: 'docker', because: 'a Docker engine answers', engines }
      : {
          kind: 'process',
          because: `no Docker engine can be used (${noStop(docker.text)})`,
          engines,
        };
  }

  /**
   * The engine to use: the one asked for, else the chosen one.
   * @throws AppError `E_ENGINE_NONE` when that engine cannot be used now, `E_CANCELLED`.
   */
  async require(asked: EngineKind | undefined, signal: AbortSignal): Promise<WantedEngine> {
    return usable(await this.#look(asked, (kind) => this.status(kind, signal), signal));
  }

  /**
   * The same for what can wait for its engine: whether or not it can be used now. Where there is none to choose,
   * a Docker engine that hangs is not waited for.
   * @throws AppError `E_CANCELLED`
   */
  async wanted(asked: EngineKind | undefined, signal: AbortSignal): Promise<WantedEngine> {
    return this.#look(asked, (kind) => this.#soon(kind, signal), signal);
  }

  async #look(
    asked: EngineKind | undefined,
    look: (kind: EngineKind) => Promise<EngineStatus>,
    signal: AbortSignal,
  ): Promise<WantedEngine> {
    const { setting } = this;
    const kind = asked ?? (setting === 'auto' ? undefined : setting);
    const status =
      kind === undefined
        ? await this.#first(signal)
        : { ...(await look(kind)), withoutDocker: null };
    // An engine that was not waited for says that it does not answer.
    checkCancelled(signal, 'Looking for an engine');
    return status;
  }

  /** Docker where it can be used. */
  async #first(signal: AbortSignal): Promise<WantedEngine> {
    const docker = await this.status('docker', signal);
    if (docker.available) return { ...docker, withoutDocker: null };
    return { ...(await this.status('process', signal)), withoutDocker: docker.text };
  }

  async #soon(kind: EngineKind, signal: AbortSignal): Promise<EngineStatus> {
    // The other one is a program on this machine: it starts as fast as the machine is.
    if (kind !== 'docker') return this.status(kind, signal);
    const limit = AbortSignal.timeout(SOON_MS);
    const status = await this.status(kind, AbortSignal.any([signal, limit]));
    const isSlow = limit.aborted && !status.available;
    return isSlow ? { ...status, text: 'it has not answered yet.' } : status;
  }
}

function usable(status: WantedEngine): WantedEngine {
  if (status.available) return status;
  throw new AppError('E_ENGINE_NONE', `The ${status.kind} engine cannot be used: ${status.text}`, {
    next: status.fix ?? 'See `slipway doctor`.',
  });
}

const noStop = (sentence: string): string => sentence.replace(/\.$/, '');
