import { join, posix, sep } from 'node:path';
import { AppError, toErrorData } from '../../shared/errors.ts';
import { memoryText } from '../../shared/units.ts';
import type { CollectedOutput } from './engine.ts';

/** What a run may leave behind for us to keep: more is not copied. */
const LIMITS = { bytes: 4 * 1024 ** 3, entries: 100_000 };

/** What may still be copied, of all that a run leaves behind. */
export class CopyBudget {
  #bytes: number;
  #entries: number;

  constructor(limits = LIMITS) {
    this.#bytes = limits.bytes;
    this.#entries = limits.entries;
  }

  /** False when one more entry of this size is too much. */
  take(bytes: number): boolean {
    if (bytes > this.#bytes || this.#entries < 1) return false;
    this.#bytes -= bytes;
    this.#entries -= 1;
    return true;
  }
}

/** What a copy of one file or folder came to. */
export interface Copied {
  files: number;
  bytes: number;
  /** Links, pipes, devices and the like: only plain files and folders are copied. */
  leftOut: number;
  /** True when there was more than may be copied. */
  stopped: boolean;
}

/** Where a path leads in the world of the program, and where its copy goes. */
export interface OutputPlace {
  source: string;
  target: string;
}

/** `code`: the folder of the code there. A path that leaves it goes the way of absolute ones. */
export function outputPlace(code: string, path: string, folder: string): OutputPlace {
  const source = posix.resolve(code, path);
  const within = posix.relative(code, source);
  const outside = path.startsWith('/') || within.split('/')[0] === '..';
  return { source, target: outside ? join(folder, 'root', source) : join(folder, within) };
}

/**
 * Collects each path by itself. What goes wrong with one is its `problem`; only an engine that is away
 * and a cancellation end it all. `copy` returns a sentence when there is nothing to copy.
 */
export async function collectEach(
  paths: readonly string[],
  placeOf: (path: string) => OutputPlace,
  copy: (place: OutputPlace, budget: CopyBudget) => Promise<Copied | string>,
  budget = new CopyBudget(),
): Promise<CollectedOutput[]> {
  const asked = paths.map((path) => ({ path, place: placeOf(path) }));
  const results = new Map<number, CollectedOutput>();
  const kept: (typeof asked)[number][] = [];
  // Folders before what they hold, which is then there already.
  for (const [index, one] of [...asked.entries()].toSorted(([, a], [, b]) => depth(a) - depth(b))) {
    const around = kept.find(({ place }) => isIn(one.place.target, place.target));
    const copied = around
      ? `It is kept with "${around.path}".`
      : await tryCopy(() => copy(one.place, budget));
    if (typeof copied !== 'string') kept.push(one);
    results.set(index, { path: one.path, ...resultOf(copied) });
  }
  return asked.map((_, index) => results.get(index)!);
}

const depth = ({ place }: { place: OutputPlace }): number => place.target.length;

const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}${sep}`);

const ENDING = new Set(['E_CANCELLED', 'E_ENGINE_LOST', 'E_ENGINE_NONE', 'E_ENGINE_ANSWER']);

async function tryCopy(copy: () => Promise<Copied | string>): Promise<Copied | string> {
  try {
    return await copy();
  } catch (error) {
    if (error instanceof AppError && ENDING.has(error.code)) throw error;
    return `It could not be copied: ${toErrorData(error).message}`;
  }
}

function resultOf(copied: Copied | string): Omit<CollectedOutput, 'path'> {
  if (typeof copied === 'string') return { files: 0, bytes: 0, problem: copied };
  const { files, bytes } = copied;
  return { files, bytes, problem: problemOf(copied) };
}

function problemOf({ files, leftOut, stopped }: Copied): string | null {
  if (stopped) {
    const { bytes, entries } = LIMITS;
    return `There is more than is kept of a run (${memoryText(bytes)}, ${entries.toLocaleString('en')} files): the first ${files.toLocaleString('en')} are here.`;
  }
  if (leftOut === 0) return null;
  return `${leftOut} of its entries are links or special files, which are not kept.`;
}

/** Said of a path that nothing can be copied from. */
export const NOTHING_THERE = 'There was no such file or folder when the run ended.';
export const NOT_PLAIN = 'It is a link or a special file, which is not kept.';
