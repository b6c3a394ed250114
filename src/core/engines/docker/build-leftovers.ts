import { delay } from '../../scope.ts';
import type { DockerClient } from './client.ts';

/** Waits for something killed to be gone. */
const WAITS_MS = [20, 100, 500];

/**
 * Containers that the classic builder left behind: an engine that is killed in the middle of a build, and
 * whose containers outlive it, does not remove them when it is back. They carry no label of ours.
 */
export class BuildLeftovers {
  readonly #client: Pick<DockerClient, 'inspectContainer' | 'kill' | 'remove'>;
  readonly #ids = new Set<string>();

  constructor(client: Pick<DockerClient, 'inspectContainer' | 'kill' | 'remove'>) {
    this.#client = client;
  }

  /** Takes the container of a build that broke off, as the builder told it. */
  add(id: string | null): void {
    if (id !== null) this.#ids.add(id);
  }

  /** Removes them. What cannot be removed now is tried again the next time. */
  async clear(signal: AbortSignal): Promise<void> {
    for (const id of this.#ids) {
      try {
        await this.#remove(id, signal);
        this.#ids.delete(id);
      } catch (error) {
        if (signal.aborted) throw error;
      }
    }
  }

  async #remove(id: string, signal: AbortSignal): Promise<void> {
    await this.#client.kill(id, 'SIGKILL', signal);
    for (const ms of WAITS_MS) {
      const container = await this.#client.inspectContainer(id, signal);
      if (container?.State.Status !== 'running') break;
      await delay(ms, signal);
    }
    await this.#client.remove(id, signal);
  }
}
