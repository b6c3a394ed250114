import type { WaitReason } from '../../shared/domain/queue.ts';
import type { Clock } from '../clock.ts';
import type { Head, WaitingRepo } from '../db/waiting-repo.ts';

/** What is free changes all the time: so often it is written down. */
const SAME_MS = 5000;

interface Note {
  runId: string;
  text: string;
  at: number;
}

/** Writes down, in the rows of the few runs that the executor looked at, why they were not started. */
export class WaitNotes {
  readonly #repo: Pick<WaitingRepo, 'note' | 'forgetNotes'>;
  readonly #clock: Clock;
  /** By queue and kind of reason. */
  readonly #last = new Map<string, Note>();

  constructor(repo: Pick<WaitingRepo, 'note' | 'forgetNotes'>, clock: Clock) {
    this.#repo = repo;
    this.#clock = clock;
  }

  write({ id, queueId, engine }: Head, reason: WaitReason): void {
    const key = `${queueId ?? ''} ${engine} ${reason.code}`;
    const last = this.#last.get(key);
    const at = this.#clock.monotonic();
    const isSame = last?.runId === id;
    if (last && isSame && (last.text === reason.text || at - last.at < SAME_MS)) return;
    // Another one is the first now. What never fits never does.
    if (last && !isSame && reason.code !== 'never-fits') this.#repo.note(last.runId, null);
    this.#repo.note(id, reason);
    this.#last.set(key, { runId: id, text: reason.text, at });
  }

  /** Everything that was written down, by whomever: it is looked at anew. */
  forget(): void {
    this.#last.clear();
    this.#repo.forgetNotes();
  }
}
