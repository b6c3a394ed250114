import type { FollowHooks } from '../engine.ts';
import type { DockerClient } from './client.ts';
import { phaseOf } from './facts.ts';
import type { ContainerAnswer } from './schemas.ts';

/** Deadline of a look: with the silence before it, an engine that is gone is found out within 10 s. */
const LOOK_MS = 5000;
/** Time between looks at what is paused: it may go on and never be silent again. */
const PAUSED_MS = 2000;

/** Looks after a container whose output is followed, and tells when it is paused. */
export class Pulse {
  readonly #client: Pick<DockerClient, 'inspectContainer'>;
  readonly #ref: string;
  readonly #hooks: Pick<FollowHooks, 'paused'>;
  readonly #signal: AbortSignal;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    client: Pick<DockerClient, 'inspectContainer'>,
    ref: string,
    hooks: Pick<FollowHooks, 'paused'>,
    signal: AbortSignal,
  ) {
    this.#client = client;
    this.#ref = ref;
    this.#hooks = hooks;
    this.#signal = signal;
  }

  /** Whether more may come of it. @throws AppError when the engine does not answer */
  readonly goesOn = async (): Promise<boolean> => {
    const container = await this.#client.inspectContainer(this.#ref, this.#signal, LOOK_MS);
    if (container === null || phaseOf(container.State) === 'ended') return false;
    this.see(container);
    return true;
  };

  /** Takes note of a container that has not ended. */
  see({ State }: ContainerAnswer): void {
    const isPaused = phaseOf(State) === 'paused';
    this.#hooks.paused(isPaused);
    if (isPaused) this.#lookAgain();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #lookAgain(): void {
    clearTimeout(this.#timer);
    // An engine that does not answer is noticed by whoever reads the output.
    this.#timer = setTimeout(() => void this.goesOn().catch(() => undefined), PAUSED_MS);
  }
}
