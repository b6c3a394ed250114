import { toErrorData } from '../../shared/errors.ts';
import type { Scope } from '../scope.ts';
import { attend } from './attend.ts';
import type { AttendParts } from './attended.ts';
import { isCancelled } from './failure.ts';
import { whenThereIsSpace } from './patience.ts';
import { StopRequest } from './stop-request.ts';

export interface AttendanceParts extends AttendParts {
  scope: Scope;
}

/** The runs that this process attends, each to its end or until the process ends. */
export class Attendance {
  readonly #parts: AttendanceParts;
  readonly #attended = new Map<string, { stop: StopRequest; ended: Promise<void> }>();

  constructor(parts: AttendanceParts) {
    this.#parts = parts;
  }

  /** Begins with a run that this process has taken. `waited`: from those that wait. */
  begin(runId: string, { waited }: { waited: boolean }): void {
    const stop = new StopRequest();
    const ended = this.#parts.scope.run((leave) => this.#toEnd(runId, { stop, waited, leave }));
    this.#attended.set(runId, { stop, ended });
    this.passStopOn(runId);
  }

  /** Resolves when the run is not attended here any more. */
  async ended(runId: string): Promise<void> {
    await this.#attended.get(runId)?.ended;
  }

  /** Takes note of how often a stop was asked for. */
  passStopOn(runId: string): void {
    const attended = this.#attended.get(runId);
    if (attended) attended.stop.update(this.#parts.repos.runs.stopRequests(runId));
  }

  async #toEnd(runId: string, how: Parameters<typeof attend>[2]): Promise<void> {
    const { stop, leave } = how;
    try {
      await attend(this.#parts, runId, how).catch((error: unknown) =>
        this.#endByFault(runId, error, leave),
      );
    } catch (error) {
      // No fault: this process ends, and the next one goes on from here.
      if (!leave.aborted || !isCancelled(error)) throw error;
    } finally {
      // One that was given back may have been taken again.
      if (this.#attended.get(runId)?.stop === stop) this.#attended.delete(runId);
      this.#parts.disks.left(runId);
    }
  }

  /** A fault of ours must not leave a run that looks alive; what it started is told, not hidden. */
  async #endByFault(runId: string, fault: unknown, leave: AbortSignal): Promise<void> {
    if (leave.aborted && isCancelled(fault)) throw fault;
    const { message, next, detail } = toErrorData(fault);
    const reason = {
      code: 'interrupted' as const,
      text: message,
      next: next ?? null,
      detail: detail ?? null,
    };
    const log = {
      state: 'partial' as const,
      reason: 'Slipway failed while it followed the run',
    };
    const end = { state: 'crashed' as const, reason, exitCode: null, log };
    const { repos, clock } = this.#parts;
    await whenThereIsSpace(leave, () => repos.runs.end(runId, end, clock.now()));
  }
}
