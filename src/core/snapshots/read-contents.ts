import { createHash, hash } from 'node:crypto';
import { CHUNK_BYTES, type ChunkWriter } from './chunk-writer.ts';
import type { Bytes } from './path-bytes.ts';
import { readPieces, ReadProblem, readWhole, type FileFacts } from './read-file.ts';
import type { WorkControl } from './work-control.ts';

const TEXT = 'Reading files';

/** A file to read, and its digest once that is known. */
export interface Wanted {
  path: Bytes;
  facts: FileFacts;
  sha: string | null;
}

interface Trouble {
  changed: Bytes[];
  unreadable: Bytes[];
}

/** Reads, hashes and stores every file that has no digest yet. Goes on past files in trouble. */
export async function readContents(
  root: Bytes,
  files: readonly Wanted[],
  writer: ChunkWriter,
  control: WorkControl,
): Promise<Trouble> {
  const trouble: Trouble = { changed: [], unreadable: [] };
  let done = 0;
  for (const file of files) {
    if (++done % 16 === 0) {
      await control.breathe();
      control.progress(TEXT, done, files.length);
    }
    if (file.sha !== null) continue;
    try {
      file.sha = await readOne(`${root}/${file.path}`, file.facts, writer, control);
    } catch (error) {
      if (!(error instanceof ReadProblem)) throw error;
      trouble[error.reason].push(file.path);
    }
  }
  return trouble;
}

function readOne(
  path: Bytes,
  facts: FileFacts,
  writer: ChunkWriter,
  control: WorkControl,
): Promise<string> | string {
  if (facts.size > CHUNK_BYTES) return readLarge(path, facts, writer, control);
  if (writer.fits(facts.size)) return readSmall(path, facts, writer);
  return writer.flush().then(() => readSmall(path, facts, writer));
}

/** Straight into the chunk that is being filled: most files are small, and every copy counts. */
function readSmall(path: Bytes, facts: FileFacts, writer: ChunkWriter): string {
  const space = writer.space(facts.size);
  readWhole(path, facts, space);
  const sha = hash('sha256', space, 'hex');
  if (!writer.has(sha)) writer.keep(sha, facts.size);
  return sha;
}

async function readLarge(
  path: Bytes,
  facts: FileFacts,
  writer: ChunkWriter,
  control: WorkControl,
): Promise<string> {
  await writer.flush();
  const large = writer.startLarge();
  let sha: string | null = null;
  try {
    const sum = createHash('sha256');
    const space = (left: number) => writer.space(Math.min(left, CHUNK_BYTES));
    await readPieces(path, facts, space, async (piece) => {
      sum.update(piece);
      await writer.addPart(large, piece.length);
      await control.breathe();
    });
    sha = sum.digest('hex');
    return sha;
  } finally {
    writer.endLarge(large, sha);
  }
}
