import type { EngineChoice } from '../shared/domain/engine.ts';
import type { Settings } from '../shared/domain/settings.ts';
import type { EngineChooser } from '../core/host/engine-chooser.ts';

const EVERY_MS = 10_000;
/** While the chosen engine does not answer, it is looked for more often. */
const SOON_MS = 2000;
const LIMIT_MS = 10_000;

/** Knows which engine is chosen now and tells when that changes. */
export class EngineWatch {
  readonly #chooser: EngineChooser;
  readonly #listeners = new Set<(choice: EngineChoice) => void>();
  #setting: Settings['engine'] | null = null;
  #last: EngineChoice | null = null;
  #timer: NodeJS.Timeout | undefined;
  #begin: () => void = () => undefined;
  readonly #begun = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });

  constructor(chooser: EngineChooser) {
    this.#chooser = chooser;
  }

  /** Looks now and from then on. */
  start(): void {
    this.#begin();
    this.#thenAgain(this.refresh());
  }

  on(listener: (choice: EngineChoice) => void): void {
    this.#listeners.add(listener);
  }

  /** As {@link refresh}, but not before the {@link start}. */
  async choice(): Promise<EngineChoice> {
    await this.#begun;
    return this.refresh();
  }

  /** Looks now, and tells the listeners when something changed. */
  async refresh(): Promise<EngineChoice> {
    this.#setting = this.#chooser.setting;
    const choice = await this.#chooser.choice(AbortSignal.timeout(LIMIT_MS));
    const changed = JSON.stringify(choice) !== JSON.stringify(this.#last);
    this.#last = choice;
    if (changed) for (const listener of this.#listeners) listener(choice);
    return choice;
  }

  /** Asks Docker alone: looking for Python starts a program, too much for every few seconds. */
  async #look(): Promise<void> {
    const docker = await this.#chooser.status('docker', AbortSignal.timeout(LIMIT_MS));
    const known = this.#last?.engines.find((engine) => engine.kind === 'docker');
    // The command line may have changed the setting.
    const changed = this.#chooser.setting !== this.#setting;
    if (changed || JSON.stringify(docker) !== JSON.stringify(known)) await this.refresh();
  }

  /** A look that fails tells nothing: the next one may. */
  #thenAgain(look: Promise<unknown>): void {
    void look.catch(() => undefined).finally(() => this.#again());
  }

  #again(): void {
    const docker = this.#last?.engines.find((engine) => engine.kind === 'docker');
    clearTimeout(this.#timer);
    const wait = docker?.available ? EVERY_MS : SOON_MS;
    this.#timer = setTimeout(() => this.#thenAgain(this.#look()), wait);
    this.#timer.unref();
  }
}
