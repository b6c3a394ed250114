import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegular } from '../regular-file.ts';

/** What the hook names its files, by the process that writes them. */
const FILE_NAME = /^metrics-\d{1,10}\.jsonl$/;
/** A program that starts more processes than this is not followed in all of them. */
const MOST_FILES = 256;
/** Entries looked at: a program can fill the folder with others. */
const MOST_ENTRIES = 10_000;
/** The hook stops at 64 MB; what goes on after that was not written by it. */
const FILE_LIMIT = 80 << 20;
const READ_SIZE = 1 << 20;
/** Of all files in one look, so that it stays short. */
const LOOK_LIMIT = 8 << 20;
const LINE_LIMIT = 512 << 10;

const NEW_LINE = 10;
interface Followed {
  offset: number;
  /** Of a line whose end has not come. */
  rest: Buffer;
  /** In a line that is too long: nothing counts until its end. */
  skips: boolean;
}

/**
 * Follows the files that the programs of a run write their metrics into. They may hold anything, grow
 * without end, and be exchanged for links and pipes.
 */
export class LiveFolder {
  readonly #folder: string;
  readonly #files = new Map<string, Followed>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Hands on the whole lines that came since the last look. False when there is more than one look takes.
   * What cannot be read is left out.
   */
  async look(onLine: (text: string, file: string) => void): Promise<boolean> {
    await this.#find();
    let budget = LOOK_LIMIT;
    for (const [name, file] of this.#files) {
      if (budget <= 0) return false;
      budget -= await this.#read(name, file, budget, (text) => onLine(text, name)).catch(() => 0);
    }
    return budget > 0;
  }

  async #find(): Promise<void> {
    let entries = 0;
    try {
      for await (const { name } of await opendir(this.#folder)) {
        if (++entries > MOST_ENTRIES || this.#files.size >= MOST_FILES) return;
        if (!FILE_NAME.test(name) || this.#files.has(name)) continue;
        this.#files.set(name, { offset: 0, rest: Buffer.alloc(0), skips: false });
      }
    } catch {
      // Not there (any more): there is nothing to find.
    }
  }

  /** Bytes that were read. */
  async #read(
    name: string,
    file: Followed,
    limit: number,
    onLine: (text: string) => void,
  ): Promise<number> {
    const handle = await openRegular(join(this.#folder, name));
    if (!handle) return 0;
    try {
      const { size } = await handle.stat();
      const end = Math.min(size, FILE_LIMIT, file.offset + limit);
      const from = file.offset;
      while (file.offset < end) {
        const buffer = Buffer.allocUnsafe(Math.min(READ_SIZE, end - file.offset));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, file.offset);
        if (bytesRead === 0) break;
        file.offset += bytesRead;
        takeLines(file, buffer.subarray(0, bytesRead), onLine);
      }
      return file.offset - from;
    } finally {
      await handle.close();
    }
  }
}

function takeLines(file: Followed, bytes: Buffer, onLine: (text: string) => void): void {
  let from = 0;
  for (let at = bytes.indexOf(NEW_LINE); at >= 0; at = bytes.indexOf(NEW_LINE, from)) {
    const line = Buffer.concat([file.rest, bytes.subarray(from, at)]);
    if (!file.skips && line.length <= LINE_LIMIT) onLine(line.toString('utf8'));
    file.skips = false;
    file.rest = Buffer.alloc(0);
    from = at + 1;
  }
  const rest = file.skips ? Buffer.alloc(0) : Buffer.concat([file.rest, bytes.subarray(from)]);
  file.skips ||= rest.length > LINE_LIMIT;
  file.rest = file.skips ? Buffer.alloc(0) : rest;
}
