import { type LogLine, LOG_LINE_LIMIT } from '../../../shared/contract/log-stream.ts';

/** One append of a test. */
export interface Part {
  stream: number;
  at: number;
  bytes: Buffer;
}

interface RawLine {
  stream: number;
  at: number;
  bytes: number[];
  ended: boolean;
}

/** The lines of a log, found byte by byte in the plainest way. Times must not go back. */
export function referenceLines(parts: readonly Part[]): LogLine[] {
  const lines: RawLine[] = [];
  const continued = new Set<RawLine>();
  for (const { stream, at, bytes } of parts) {
    for (const byte of bytes) {
      const last = lines.at(-1);
      const open = last && !last.ended && last.stream === stream ? last : null;
      const overlong =
        open !== null && byte !== 0x0a && open.bytes.length + size(byte) > LOG_LINE_LIMIT;
      if (open && overlong) continued.add(open);
      const line = open && !overlong ? open : { stream, at, bytes: [], ended: false };
      if (line !== open) lines.push(line);
      line.bytes.push(byte);
      line.ended = byte === 0x0a;
    }
  }
  return lines.map((line, number) => ({
    text: Buffer.from(line.bytes)
      .toString()
      .replace(/\r?\n$/, ''),
    stream: line.stream,
    number,
    at: line.at,
    continues: continued.has(line),
  }));
}

function size(byte: number): number {
  if (byte >= 0xf0) return 4;
  if (byte >= 0xe0) return 3;
  return byte >= 0xc0 ? 2 : 1;
}

export const allBytes = (parts: readonly { bytes: Buffer }[]): Buffer =>
  Buffer.concat(parts.map((part) => part.bytes));

export const streamBytes = (
  parts: readonly { stream: number; bytes: Buffer }[],
  stream: number,
): Buffer => allBytes(parts.filter((part) => part.stream === stream));
