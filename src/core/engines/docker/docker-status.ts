import type { EngineStatus } from '../../../shared/domain/engine.ts';
import { toErrorData } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { unlessCancelled } from '../../scope.ts';
import { AwaySince, type UnstampedStatus } from '../away-since.ts';
import type { DockerClient } from './client.ts';

/** Deadline of a look: an engine that is there answers within milliseconds. */
const STATUS_MS = 2500;

/**
 * Whether the engine answers now. All who ask at the same time share one question: an engine that hangs
 * is not asked by every run that waits for it.
 */
export class DockerStatus {
  readonly #client: Pick<DockerClient, 'versions'>;
  readonly #away: AwaySince;
  #asking: Promise<EngineStatus> | null = null;

  constructor(client: Pick<DockerClient, 'versions'>, clock: Clock) {
    this.#client = client;
    this.#away = new AwaySince(clock);
  }

  /** Never throws; to one who no longer wants to know, it is not available. */
  async now(signal: AbortSignal): Promise<EngineStatus> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return unlessCancelled(this.#asking, signal, 'Looking for Docker').catch((error: unknown) => ({
      ...unavailable(error),
      since: null,
    }));
  }

  async #ask(): Promise<EngineStatus> {
    const never = new AbortController().signal;
    try {
      const { version, api } = await this.#client.versions(never, STATUS_MS);
      const text = `Docker Engine ${version.replace(/\+.*$/, '')} (API ${api})`;
      return this.#away.stamp({ kind: 'docker', available: true, text, fix: null });
    } catch (error) {
      return this.#away.stamp(unavailable(error));
    }
  }
}

function unavailable(error: unknown): UnstampedStatus {
  const { message, next } = toErrorData(error);
  return { kind: 'docker', available: false, text: message, fix: next ?? null };
}
