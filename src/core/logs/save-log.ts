import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { checkCancelled } from '../scope.ts';
import type { Control } from '../snapshots/snapshots.ts';
import { withoutSequences } from './fold/sequences.ts';
import type { LogStore } from './log-store.ts';

const PIECE = 1024 * 1024;
const PAGE_LINES = 5000;

/** What of a log is written. */
interface SaveChoice {
  /** Null for all. */
  streams: readonly number[] | null;
  /** Text as a terminal shows it, without colours, instead of the exact bytes. */
  plain: boolean;
}

/**
 * Writes a log as it is now into `file`, in place of what is there. It is written beside its place and
 * moved there when it is complete: what does not get that far leaves nothing behind.
 * @throws AppError `E_DISK_FULL`, `E_SAVE`, `E_LOG_DAMAGED`, `E_CANCELLED`
 */
export async function saveLog(
  { store, id }: { store: LogStore; id: string },
  choice: SaveChoice,
  file: string,
  control: Control,
): Promise<{ file: string; bytes: number }> {
  const target = resolve(file);
  const part = join(dirname(target), `.slipway-${randomBytes(8).toString('hex')}.part`);
  try {
    const out = await open(part, 'wx');
    try {
      const pieces = choice.plain ? shownText : storedBytes;
      const bytes = await write(out, pieces(store, id, choice.streams, control), control);
      await out.sync();
      await out.close();
      await rename(part, target);
      return { file: target, bytes };
    } finally {
      await out.close();
    }
  } catch (error) {
    throw saveError(error, target);
  } finally {
    await rm(part, { force: true });
  }
}

type Pieces = AsyncGenerator<Buffer>;
type Streams = SaveChoice['streams'];

async function write(out: FileHandle, pieces: Pieces, { signal }: Control): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) {
    checkCancelled(signal, 'Saving the log');
    await out.writeFile(piece);
    bytes += piece.length;
  }
  checkCancelled(signal, 'Saving the log');
  return bytes;
}

async function* storedBytes(
  store: LogStore,
  id: string,
  streams: Streams,
  control: Control,
): Pieces {
  const { bytes: total } = await store.head(id);
  for (let offset = 0; offset < total;) {
    control.onProgress?.({ text: 'Saving the log', done: offset, total });
    const chunks = await store.read(id, offset, Math.min(PIECE, total - offset));
    if (chunks.length === 0) return;
    const wanted = chunks.filter(({ stream }) => streams?.includes(stream) ?? true);
    yield Buffer.concat(wanted.map(({ bytes }) => bytes));
    offset += chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }
}

async function* shownText(store: LogStore, id: string, streams: Streams, control: Control): Pieces {
  const view = store.view(id, { streams, folded: true });
  let head = await view.grow();
  for (let next = head; next.more; head = next) {
    checkCancelled(control.signal, 'Saving the log');
    next = await view.grow();
  }
  for (let line = 0; line < head.lines; line += PAGE_LINES) {
    control.onProgress?.({ text: 'Saving the log', done: line, total: head.lines });
    const lines = await view.page(line, Math.min(PAGE_LINES, head.lines - line));
    const text = lines.map((each) => withoutSequences(each.text) + (each.continues ? '' : '\n'));
    yield Buffer.from(text.join(''));
  }
}

function saveError(error: unknown, target: string): unknown {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (!(error instanceof Error) || error instanceof AppError || syscall === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('E_DISK_FULL', 'There is not enough space for the log there.', {
      next: 'Free some space, or choose another place.',
      cause: error,
    });
  }
  return new AppError('E_SAVE', `The log cannot be saved as ${target} (${String(code)}).`, {
    next: 'Choose another place.',
    cause: error,
  });
}
