import { RunWatch } from './run-watch.ts';
import type { LiveParts, WatchRequest } from './watch-request.ts';

/** Metrics of runs under way: what their code logs and prints, and what they use of the machine. */
export class LiveMetrics {
  readonly #parts: LiveParts;

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  /**
   * Watches a created or started run until `end` of what it returns is called. A run that another process
   * watched before is read again from its start. Nothing of it fails: metrics are never why a run does.
   */
  watch(request: WatchRequest, leave: AbortSignal): RunWatch {
    return new RunWatch(this.#parts, request, leave);
  }
}
