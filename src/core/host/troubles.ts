import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, ERROR_KINDS, toErrorData } from '../../shared/errors.ts';
import { TROUBLE_CODES, type Trouble } from '../../shared/domain/trouble.ts';
import type { Clock } from '../clock.ts';
import { isOutOfFiles, systemLimit } from '../system-limit.ts';

type Code = Trouble['code'];

/** How often it is tried whether a trouble is over. */
const TRY_MS = 1000;
/** One that came back within this time has never been over. */
const QUIET_MS = 3000;
/** The same for an error that an engine answers with: what goes on by itself asks it again within seconds. */
const ENGINE_QUIET_MS = 30_000;
/** What is written to find out whether there is room again: more than any one write of ours. */
const PROBE_BYTES = 2 ** 20;

/** Whether a thing works again. */
export type Probes = Partial<Record<Code, () => boolean | Promise<boolean>>>;

export interface TroublesParts {
  dataDir: string;
  clock: Pick<Clock, 'monotonic'>;
  probes: Probes;
}

interface Known {
  trouble: Trouble;
  lastAt: number;
  /** Short ones are not worth a word. */
  isTold: boolean;
  /** An engine answered with it: over once it does not come back, which nothing but time tells. */
  isOfEngine: boolean;
}

/**
 * What is wrong with the machine now. Whoever fails by it notes it here as well; it is told once, however
 * many fail, and again when it is over.
 */
export class Troubles {
  readonly #parts: TroublesParts;
  readonly #known = new Map<Code, Known>();
  readonly #listeners = new Set<(troubles: Trouble[]) => void>();
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: TroublesParts) {
    this.#parts = parts;
  }

  list(): Trouble[] {
    return [...this.#known.values()].filter(({ isTold }) => isTold).map(({ trouble }) => trouble);
  }

  /** Called with all of them whenever that changes. Returns the unsubscribe. */
  on(listener: (troubles: Trouble[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes note of what was thrown, if it is of this kind. */
  readonly note = (error: unknown): void => {
    const { code } = toErrorData(error);
    // Most of what is thrown at a border is somebody's answer, see `noteFault`.
    if (isTroubleCode(code) && code !== 'E_INTERNAL') this.#note(code, error);
  };

  /**
   * Takes note of what ended a turn of something that goes on by itself, which nobody else would hear of.
   * An engine that is away and a cancellation are no faults; anything unforeseen is told until this process ends, but
   * for an error of an engine, which is told until it has not come back for a while.
   */
  readonly noteFault = (thrown: unknown): void => {
    const error = knownFault(thrown);
    const { code } = toErrorData(error);
    const kind = ERROR_KINDS[code];
    if (kind === 'engine' || kind === 'interrupted') return;
    this.#note(isTroubleCode(code) ? code : 'E_INTERNAL', error);
  };

  #note(code: Code, error: unknown): void {
    const lastAt = this.#parts.clock.monotonic();
    const isOfEngine = toErrorData(error).code === 'E_ENGINE';
    const known = this.#known.get(code);
    // What stays takes the place of what passes.
    if (known && (isOfEngine || !known.isOfEngine)) {
      known.lastAt = lastAt;
      return;
    }
    const trouble = { code, ...this.#words(code, error) };
    // Another process may only have been a little slow.
    this.#known.set(code, { trouble, lastAt, isTold: code !== 'E_DB_BUSY', isOfEngine });
    if (code !== 'E_DB_BUSY') this.#tell();
    this.#watch();
  }

  /** It was mended. */
  over(code: Code): void {
    if (this.#known.get(code)?.isTold && this.#known.delete(code)) this.#tell();
    this.#known.delete(code);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #words(code: Code, error: unknown): Pick<Trouble, 'text' | 'next'> {
    const { message, next } = toErrorData(error);
    if (code === 'E_INTERNAL') {
      const isForeseen = error instanceof AppError && next !== undefined;
      return { text: message, next: isForeseen ? next : WORDS.E_INTERNAL };
    }
    if (code === 'E_DB_DAMAGED') return { text: message, next: WORDS.E_DB_DAMAGED };
    if (code === 'E_SYSTEM_LIMIT') return { text: message, next: WORDS.E_SYSTEM_LIMIT };
    if (code === 'E_DB_BUSY') {
      const text = `Another program keeps the database in ${this.#parts.dataDir} locked.`;
      return { text, next: WORDS.E_DB_BUSY };
    }
    const text = `The disk that holds ${this.#parts.dataDir} is full.`;
    return { text, next: WORDS.E_DISK_FULL };
  }

  #watch(): void {
    this.#timer ??= setTimeout(() => void this.#tryAll(), TRY_MS).unref();
  }

  async #tryAll(): Promise<void> {
    for (const code of this.#known.keys()) await this.#try(code);
    this.#timer = null;
    if ([...this.#known.keys()].some((code) => this.#probe(code))) this.#watch();
  }

  async #try(code: Code): Promise<void> {
    const known = this.#known.get(code);
    const probe = this.#probe(code);
    if (!known || !probe) return;
    const works = await Promise.resolve(probe()).catch(() => false);
    if (!works && !known.isTold) {
      known.isTold = true;
      this.#tell();
    }
    const quietMs = known.isOfEngine ? ENGINE_QUIET_MS : QUIET_MS;
    const isQuiet = this.#parts.clock.monotonic() - known.lastAt >= quietMs;
    if (works && (isQuiet || !known.isTold)) this.over(code);
  }

  #probe(code: Code): Probes[Code] {
    return this.#known.get(code)?.isOfEngine ? () => true : this.#parts.probes[code];
  }

  #tell(): void {
    const troubles = this.list();
    for (const listener of this.#listeners) listener(troubles);
  }
}

const WORDS: Readonly<Record<Code, string>> = {
  E_DISK_FULL:
    'Free some space. Runs go on, nothing is deleted, and what their logs miss is read again then.',
  E_DB_BUSY: 'Close what has it open. Nothing is lost, and everything goes on once it is free.',
  E_SYSTEM_LIMIT:
    'Close what you do not need, or raise the limit (ulimit -n). Runs go on, and nothing new is started.',
  E_DB_DAMAGED: 'The checks of this machine tell what can be done. Nothing is deleted.',
  E_INTERNAL: 'It is tried again. Please report this when it comes back after a restart.',
};

const isTroubleCode = (code: string): code is Code =>
  (TROUBLE_CODES as readonly string[]).includes(code);

/** What the system says of a full disk and of files, in our words; anything else as it is. */
function knownFault(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('E_DISK_FULL', 'The disk is full.', { cause: error });
  }
  return isOutOfFiles(error) ? systemLimit(error) : error;
}

/** Whether there is room for a megabyte in a folder. */
export async function hasRoom(folder: string): Promise<boolean> {
  const file = join(folder, `.room-${process.pid}`);
  try {
    await writeFile(file, Buffer.alloc(PROBE_BYTES), { flush: true });
    return true;
  } catch {
    return false;
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}
