import { AppError } from '../../shared/errors.ts';
import type { OperationProgress } from '../../shared/contract/events.ts';
import type { Control } from '../../core/snapshots/snapshots.ts';

/** Long requests of the window that are under way, so that they can be cancelled by id. */
export class Operations {
  readonly #running = new Map<string, AbortController>();
  readonly #tell: (progress: OperationProgress) => void;

  constructor(tell: (progress: OperationProgress) => void) {
    this.#tell = tell;
  }

  async run<T>(operationId: string, action: (control: Control) => Promise<T>): Promise<T> {
    if (this.#running.has(operationId)) {
      throw new AppError('E_IPC_INVALID', 'The same operation is already under way.');
    }
    const controller = new AbortController();
    this.#running.set(operationId, controller);
    try {
      return await action({
        signal: controller.signal,
        onProgress: (progress) => this.#tell({ operationId, ...progress }),
      });
    } finally {
      this.#running.delete(operationId);
    }
  }

  /** Harmless when it is over. */
  cancel(operationId: string): void {
    this.#running.get(operationId)?.abort();
  }
}
