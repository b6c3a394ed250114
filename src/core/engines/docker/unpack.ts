import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { cancelled } from '../../../shared/errors.ts';
import type { Copied, CopyBudget } from '../outputs.ts';
import { cutOff } from './engine-errors.ts';
import { whileAwake } from './while-awake.ts';

type Entry = ReturnType<typeof extract> extends AsyncIterable<infer E> ? E : never;

/** An engine that sends nothing for so long is away. */
const IDLE_MS = 60_000;

/**
 * Unpacks an archive of the file or folder `top` to `target`. The program chose every name in it: just
 * plain files and folders at and below `target` are made.
 */
export async function unpack(
  archive: Readable,
  top: string,
  target: string,
  budget: CopyBudget,
  signal: AbortSignal,
): Promise<Copied> {
  const entries = extract();
  const awake = whileAwake(archive, IDLE_MS, cutOff('Reading files of the container'));
  const reading = pipeline(awake, entries, { signal });
  // Awaited below; until then a broken connection must not count as unhandled.
  reading.catch(() => undefined);
  const copied: Copied = { files: 0, bytes: 0, leftOut: 0, stopped: false };
  try {
    for await (const entry of entries) {
      copied.stopped = !budget.take(entry.header.size);
      if (copied.stopped) return copied;
      await unpackEntry(entry, top, target, copied);
    }
    await reading;
  } catch (error) {
    throw signal.aborted ? cancelled('Reading files of the container') : error;
  } finally {
    archive.destroy();
  }
  return copied;
}

async function unpackEntry(
  entry: Entry,
  top: string,
  target: string,
  copied: Copied,
): Promise<void> {
  const { name, type, size } = entry.header;
  const path = pathWithin(name, top, target);
  if (path !== null && type === 'file') {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(entry, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    copied.files += 1;
    copied.bytes += size;
    return;
  }
  entry.resume();
  if (path !== null && type === 'directory') await mkdir(path, { recursive: true, mode: 0o700 });
  else copied.leftOut += 1;
}

/** Where an entry goes; null for one that leads elsewhere. */
function pathWithin(name: string, top: string, target: string): string | null {
  const [first, ...parts] = name.split('/').filter((part) => part !== '' && part !== '.');
  if (first !== top) return null;
  return parts.some((part) => part === '..' || part.includes('\0')) ? null : join(target, ...parts);
}
