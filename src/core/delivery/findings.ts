import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import type { ErrorCode } from '../../shared/errors.ts';

/** What was found out about a launch on the way: what keeps it from starting, and what to know. */
export class Findings {
  readonly problems: LaunchProblem[] = [];
  readonly #notes = new Set<string>();

  /** `path` as in the spec: `values.lr`, `settings.cpus`. */
  problem(code: ErrorCode, path: string, message: string, next: string | null = null): void {
    this.problems.push({ code, path, message, next });
  }

  /** The same note is kept once. */
  note(text: string): void {
    this.#notes.add(text);
  }

  get notes(): string[] {
    return [...this.#notes];
  }
}
