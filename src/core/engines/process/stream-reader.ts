import type { FileHandle } from 'node:fs/promises';
import type { Masker } from '../../logs/mask.ts';

const CHUNK = 256 * 1024;
/** Bytes of the end of a stream that are compared. */
export const ALIGN = 64 * 1024;

/** What a read came to. */
export interface ReadPart {
  /** Bytes read from the file. */
  read: number;
  /** Those that are not stored yet, to be used before the next read. */
  fresh: Buffer;
}

/** One of the two files that a program writes, from where the stored bytes end. */
export interface StreamReader {
  /** `stored`: how many bytes of the stream are stored. `last`: nothing is written any more. */
  next(stored: number, last: boolean): Promise<ReadPart>;
  /** The last bytes of the file as they are to be stored, at most {@link ALIGN}. All of it was read. */
  end(): Promise<Buffer>;
}

/** Reads on at the end of what is stored, which is the only truth. */
export function plainReader(file: FileHandle, buffer: Buffer): StreamReader {
  return {
    async next(stored) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, stored);
      return { read: bytesRead, fresh: buffer.subarray(0, bytesRead) };
    },
    async end() {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(Math.min(ALIGN, size));
      await file.read(bytes, 0, bytes.length, size - bytes.length);
      return bytes;
    },
  };
}

/**
 * Reads from the beginning, whatever is stored: where a secret begins is known only to whoever has read
 * all that is before it, and what is stored may end within one.
 */
export function maskedReader(file: FileHandle, buffer: Buffer, masker: Masker): StreamReader {
  let position = 0;
  let masked = 0;
  let tail: Buffer = Buffer.alloc(0);
  return {
    async next(stored, last) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, position);
      position += bytesRead;
      const atEnd = last && bytesRead === 0;
      const bytes = atEnd ? masker.end() : masker.push(buffer.subarray(0, bytesRead));
      const known = Math.min(bytes.length, Math.max(0, stored - masked));
      masked += bytes.length;
      tail = Buffer.from(Buffer.concat([tail, bytes]).subarray(-ALIGN));
      return { read: bytesRead, fresh: bytes.subarray(known) };
    },
    end: () => Promise.resolve(tail),
  };
}
