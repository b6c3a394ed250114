import { AppError } from '../../shared/errors.ts';
import type { EngineChoice, EngineStatus } from '../../shared/domain/engine.ts';
import { ENGINE_KINDS, type EngineKind } from '../../shared/domain/run.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Engine } from '../engines/engine.ts';
import { checkCancelled } from '../scope.ts';

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
  async require(asked: EngineKind | undefined, signal: AbortSignal): Promise<EngineKind> {
    return usable(await this.wanted(asked, signal));
  }

  /** The same for what can wait for its engine: whether or not it can be used now. @throws AppError `E_CANCELLED` */
  async wanted(asked: EngineKind | undefined, signal: AbortSignal): Promise<EngineStatus> {
    const { setting } = this;
    const kind = asked ?? (setting === 'auto' ? undefined : setting);
    const first = await this.status(kind ?? 'docker', signal);
    const isIt = first.available || kind !== undefined;
    const status = isIt ? first : await this.status('process', signal);
    // An engine that was not waited for says that it does not answer.
    checkCancelled(signal, 'Looking for an engine');
    return status;
  }
}

function usable(status: EngineStatus): EngineKind {
  if (status.available) return status.kind;
  throw new AppError('E_ENGINE_NONE', `The ${status.kind} engine cannot be used: ${status.text}`, {
    next: status.fix ?? 'See `slipway doctor`.',
  });
}

const noStop = (sentence: string): string => sentence.replace(/\.$/, '');
