import { lstat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openRegular, readLimited, Unread } from '../regular-file.ts';
import { SinkFailure } from './series-output.ts';
import type { TrackedProblem } from './tracked-run.ts';

/** The files of a run's folder, read as far as they can be; what cannot be is noted. */
export class RunFiles {
  readonly problems: TrackedProblem[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  note(file: string, message: string): void {
    this.problems.push({ file, message });
  }

  /** The result of `action`, or null with a note of why there is none. */
  async attempt<T>(file: string, action: () => Promise<T>): Promise<T | null> {
    try {
      return await action();
    } catch (error) {
      if (codeOf(error) === 'E_CANCELLED' || error instanceof SinkFailure) throw error;
      this.note(file, sentenceOf(error));
      return null;
    }
  }

  /** Opens a file of the folder; null when it is not there. Throws for links on the way to it. */
  async open(path: string): Promise<FileHandle | null> {
    const parent = dirname(path);
    if (parent !== '.') {
      const stat = await lstat(join(this.#folder, parent)).catch(() => null);
      if (!stat) return null;
      if (!stat.isDirectory()) throw new Unread('Its folder is a link or no folder.');
    }
    return openRegular(join(this.#folder, path));
  }

  /** The bytes of a file; null when it is not there, or (noted) cannot be read or is too large. */
  bytes(path: string, limit: number): Promise<Buffer | null> {
    return this.attempt(path, async () => {
      const file = await this.open(path);
      if (!file) return null;
      try {
        return await readLimited(file, limit);
      } finally {
        await file.close();
      }
    });
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const REASONS: Record<string, string> = {
  ELOOP: 'It is a link.',
  ENXIO: 'It is not a regular file.',
  EISDIR: 'It is a folder.',
  EACCES: 'It may not be read.',
  EPERM: 'It may not be read.',
};

function sentenceOf(error: unknown): string {
  const reason = REASONS[codeOf(error)];
  if (reason !== undefined) return reason;
  // The rest of a message of YAML is a part of the file.
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return `${line.charAt(0).toUpperCase()}${line.slice(1, 300).replace(/[\s.:]*$/, '')}.`;
}
