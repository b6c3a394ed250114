import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import type { Settings } from '../../../shared/domain/settings.ts';
import { quitQuestion, type QuitAnswer, type Unfinished } from './quit-question.ts';

export interface QuitParts {
  /** What goes on and what waits, as it is now. */
  unfinished(): Unfinished;
  settings(): Settings;
  /** Stores what is to be done from now on without asking. */
  remember(choice: Settings['quitWithRuns']): void;
  /** Resolves with the button; with `cancelId` when the signal fires. */
  ask(box: MessageBoxOptions, signal: AbortSignal): Promise<MessageBoxReturnValue>;
  /** Ends these runs; false when the person would rather stay. */
  stopAll(runIds: readonly string[], signal: AbortSignal): Promise<boolean>;
}

/**
 * Decides whether the app may quit. It asks when runs go on, unless the person said before what is to
 * become of them. Runs are kept where nobody can be asked: the session ends, or a signal says so.
 */
export class Quit {
  readonly #parts: QuitParts;
  readonly #quiet = new AbortController();

  constructor(parts: QuitParts) {
    this.#parts = parts;
  }

  /** From now on nothing is asked, and what was asked is over: runs go on. */
  beQuiet(): void {
    this.#quiet.abort();
  }

  /** To be called once at a time. */
  async mayQuit(): Promise<boolean> {
    const { signal } = this.#quiet;
    if (signal.aborted) return true;
    const unfinished = this.#parts.unfinished();
    const answer = await this.#answer(unfinished);
    if (signal.aborted || answer === 'keep') return true;
    if (answer === 'cancel') return false;
    const ids = this.#parts.unfinished().going.map(({ id }) => id);
    return (await this.#parts.stopAll(ids, signal)) || signal.aborted;
  }

  async #answer(unfinished: Unfinished): Promise<QuitAnswer> {
    const question = quitQuestion(unfinished);
    const { quitWithRuns } = this.#parts.settings();
    if (!question) return 'keep';
    if (quitWithRuns !== 'ask') return quitWithRuns;
    const given = await this.#parts.ask(question.box, this.#quiet.signal);
    const answer = question.answers[given.response] ?? 'cancel';
    const forGood = given.checkboxChecked && unfinished.going.length > 0;
    if (forGood && answer !== 'cancel') this.#parts.remember(answer);
    return answer;
  }
}
