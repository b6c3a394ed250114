import { createHash, hash } from 'node:crypto';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { AppError } from '../../shared/errors.ts';
import { gitMissing, ownWords } from '../sources/git/git-errors.ts';
import { streamGit } from '../sources/git/stream-git.ts';
import { CHUNK_BYTES, type ChunkWriter } from './chunk-writer.ts';
import type { Bytes } from './path-bytes.ts';
import { PipeReader } from './pipe-reader.ts';
import type { WorkControl } from './work-control.ts';

const LIST_BYTES = 2 ** 28;
const STDERR_BYTES = 8192;

export const damaged = (detail: string): AppError =>
  new AppError('E_GIT_DAMAGED', 'The copy of the repository that Slipway keeps is damaged.', {
    next: 'Try again: it is fetched anew.',
    detail: ownWords(detail),
  });

/** A command that reads a repository, ended in any case when the work with it is over. */
async function withGit<T>(
  gitDir: string,
  args: readonly string[],
  work: (git: ChildProcessWithoutNullStreams) => Promise<T>,
): Promise<T> {
  const git = streamGit(gitDir, args);
  let stderr = '';
  let failure: Error | null = null;
  git.stderr.on('data', (piece: Buffer) => {
    stderr = `${stderr}${piece.toString('utf8')}`.slice(-STDERR_BYTES);
  });
  git.on('error', (error) => (failure = error));
  // A command that ended early closes its pipe: what it said tells why.
  git.stdin.on('error', () => undefined);
  const closed = new Promise<number | null>((resolve) => git.on('close', resolve));
  try {
    const result = await work(git);
    git.stdin.end();
    const status = await closed;
    if (failure) throw gitMissing(failure);
    if (status !== 0) throw damaged(stderr);
    return result;
  } catch (error) {
    throw failure ? gitMissing(failure) : error;
  } finally {
    git.kill('SIGKILL');
  }
}

/** The entries of a commit, as `git ls-tree` lists them. */
export const listGit = (gitDir: string, commit: string, control: WorkControl): Promise<Bytes> =>
  withGit(gitDir, ['ls-tree', '-r', '-t', '-z', '--full-tree', commit], async (git) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of git.stdout as AsyncIterable<Buffer>) {
      await control.breathe();
      bytes += piece.length;
      if (bytes > LIST_BYTES)
        throw new AppError('E_GIT_TOO_BIG', 'The commit holds far too many files.');
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('latin1');
  });

/** The sizes of blobs, in bytes and in their order. */
export function sizesOf(
  gitDir: string,
  oids: readonly string[],
  control: WorkControl,
): Promise<number[]> {
  if (oids.length === 0) return Promise.resolve([]);
  return withGit(gitDir, ['cat-file', '--batch-check', '--buffer'], async (git) => {
    git.stdin.end(oids.map((oid) => `${oid}\n`).join(''));
    const reader = new PipeReader(git.stdout);
    const sizes: number[] = [];
    for (const oid of oids) {
      await control.breathe();
      const line = (await reader.line()) ?? 'cut off';
      const [name, type, size] = line.split(' ');
      if (name !== oid || type !== 'blob') throw damaged(line);
      sizes.push(Number(size));
    }
    return sizes;
  });
}

/** A blob to read, by its name in git. */
export interface WantedBlob {
  oid: string;
  size: number;
}

/** Reads blobs in order, through one process. `take` must read each to its end. */
export function readGitBlobs<Blob extends WantedBlob>(
  gitDir: string,
  wanted: readonly Blob[],
  control: WorkControl,
  take: (blob: Blob, content: PipeReader) => Promise<void>,
): Promise<void> {
  if (wanted.length === 0) return Promise.resolve();
  return withGit(gitDir, ['cat-file', '--batch', '--buffer'], async (git) => {
    git.stdin.end(wanted.map(({ oid }) => `${oid}\n`).join(''));
    const reader = new PipeReader(git.stdout);
    const end = Buffer.alloc(1);
    for (const [done, blob] of wanted.entries()) {
      await control.breathe();
      control.progress('Reading files', done, wanted.length);
      const header = await reader.line();
      if (header !== `${blob.oid} blob ${blob.size}`) throw damaged(header ?? 'cut off');
      await take(blob, reader);
      if (!(await reader.fill(end))) throw damaged('cut off');
    }
  });
}

async function fillAll(content: PipeReader, target: Buffer): Promise<void> {
  if (!(await content.fill(target))) throw damaged('cut off');
}

export async function readBytes(content: PipeReader, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  await fillAll(content, bytes);
  return bytes;
}

/** Stores content, straight into the chunk that is being filled. Gives back its SHA-256 and its beginning. */
export async function storeContent(
  content: PipeReader,
  size: number,
  writer: ChunkWriter,
): Promise<{ sha: string; whole: Buffer | null }> {
  if (size > CHUNK_BYTES) return { sha: await storeLarge(content, size, writer), whole: null };
  if (!writer.fits(size)) await writer.flush();
  const space = writer.space(size);
  await fillAll(content, space);
  const sha = hash('sha256', space, 'hex');
  if (!writer.has(sha)) writer.keep(sha, size);
  return { sha, whole: space };
}

async function storeLarge(content: PipeReader, size: number, writer: ChunkWriter): Promise<string> {
  await writer.flush();
  const large = writer.startLarge();
  let sha: string | null = null;
  try {
    const sum = createHash('sha256');
    for (let left = size; left > 0;) {
      const piece = writer.space(Math.min(left, CHUNK_BYTES));
      await fillAll(content, piece);
      sum.update(piece);
      left -= piece.length;
      await writer.addPart(large, piece.length);
    }
    sha = sum.digest('hex');
    return sha;
  } finally {
    writer.endLarge(large, sha);
  }
}
