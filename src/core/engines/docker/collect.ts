import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { AppError } from '../../../shared/errors.ts';
import { cutOff } from './engine-errors.ts';
import { whileAwake } from './while-awake.ts';
import { TRACKED_FOLDER } from '../tracked-environment.ts';
import type { DockerClient } from './client.ts';

/**
 * Where programs in containers are told to keep their run folders: it is there in nearly every image,
 * for every user.
 */
export const TRACKED_DIR = '/tmp';

type Entry = ReturnType<typeof extract> extends AsyncIterable<infer E> ? E : never;

/** An engine that sends nothing for so long is away. */
const IDLE_MS = 60_000;

/** What a run may leave behind for us to read: more is not copied. */
const LIMITS = { bytes: 4 * 1024 ** 3, entries: 100_000 };

/** See `Engine.collect`. */
export async function collect(
  client: DockerClient,
  ref: string,
  folder: string,
  signal: AbortSignal,
): Promise<boolean> {
  const archive = await client.files.archive(ref, `${TRACKED_DIR}/${TRACKED_FOLDER}`, signal);
  return (await unpack(archive, folder, signal)) > 0;
}

/**
 * The program chose every name in the archive: just plain files and folders below `folder` are made.
 * Returns the number of entries.
 */
async function unpack(archive: Readable, folder: string, signal: AbortSignal): Promise<number> {
  const entries = extract();
  const awake = whileAwake(archive, IDLE_MS, cutOff('Reading files of the container'));
  const reading = pipeline(awake, entries, { signal });
  // Awaited below; until then a broken connection must not count as unhandled.
  reading.catch(() => undefined);
  let count = 0;
  let bytes = 0;
  for await (const entry of entries) {
    count++;
    bytes += entry.header.size ?? 0;
    if (count > LIMITS.entries || bytes > LIMITS.bytes) throw tooMuch();
    await unpackEntry(entry, folder);
  }
  await reading;
  return count;
}

async function unpackEntry(entry: Entry, folder: string): Promise<void> {
  const { name, type } = entry.header;
  const path = pathWithin(name);
  if (path === null || type !== 'file') {
    entry.resume();
    return;
  }
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await pipeline(entry, createWriteStream(target, { flags: 'wx', mode: 0o600 }));
}

/** The path of an entry without the folder that was asked for; null for one that leads elsewhere. */
function pathWithin(name: string): string | null {
  const [top, ...parts] = name.split('/').filter((part) => part !== '' && part !== '.');
  if (top !== TRACKED_FOLDER || parts.length === 0) return null;
  return parts.some((part) => part === '..' || part.includes('\0')) ? null : parts.join('/');
}

const tooMuch = (): AppError =>
  new AppError('E_SOURCE_LIMIT', 'The run left more run files behind than are copied.', {
    next: 'Log less, or write large outputs elsewhere.',
  });
