import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Demuxer, FrameError } from './demux.ts';
import { TimestampStripper } from './timestamps.ts';

interface Frame {
  stream: 1 | 2;
  bytes: Buffer;
}

function encode(frames: Frame[]): Buffer {
  return Buffer.concat(
    frames.flatMap(({ stream, bytes }) => {
      const header = Buffer.alloc(8);
      header[0] = stream;
      header.writeUInt32BE(bytes.length, 4);
      return [header, bytes];
    }),
  );
}

function* cutAt(bytes: Buffer, cuts: number[]): Generator<Buffer> {
  let from = 0;
  for (const cut of [
    ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ]) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
}

/** Frames again, put together by their starts. */
function decode(chunks: Iterable<Buffer>): Frame[] {
  const demuxer = new Demuxer();
  const frames: { stream: 1 | 2; parts: Buffer[] }[] = [];
  for (const chunk of chunks) {
    for (const piece of demuxer.push(Buffer.from(chunk))) {
      if (piece.start) frames.push({ stream: piece.stream as 1 | 2, parts: [] });
      frames.at(-1)?.parts.push(piece.bytes);
    }
  }
  expect(demuxer.atBorder).toBe(true);
  return frames.map(({ stream, parts }) => ({ stream, bytes: Buffer.concat(parts) }));
}

const frame = fc.record({
  stream: fc.constantFrom<1 | 2>(1, 2),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
});

describe('Demuxer', () => {
  it('gives the frames back however the bytes are cut', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (frames, cuts) => {
          expect(encode(decode(cutAt(encode(frames), cuts))).equals(encode(frames))).toBe(true);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('gives the frames back when cut at every byte', () => {
    const frames: Frame[] = [
      { stream: 1, bytes: Buffer.from('out\n') },
      { stream: 2, bytes: Buffer.from([0, 1, 2, 255]) },
      { stream: 1, bytes: Buffer.from('x') },
    ];
    const bytes = encode(frames);
    for (let cut = 0; cut <= bytes.length; cut += 1)
      expect(decode(cutAt(bytes, [cut]))).toEqual(frames);
    expect(decode(cutAt(bytes, [...bytes.keys()]))).toEqual(frames);
  });

  it('takes many small frames in one chunk, and empty ones', () => {
    const frames = Array.from({ length: 3640 }, () => ({
      stream: 1 as const,
      bytes: Buffer.from('0123456789'),
    }));
    const pieces = new Demuxer().push(encode(frames));
    expect(pieces.length).toBe(3640);
    expect(new Demuxer().push(encode([{ stream: 1, bytes: Buffer.alloc(0) }]))).toEqual([]);
  });

  it('shares the memory of the chunk', () => {
    const bytes = encode([{ stream: 1, bytes: Buffer.from('abc') }]);
    expect(new Demuxer().push(bytes)[0]?.bytes.buffer).toBe(bytes.buffer);
  });

  it.each(['HTTP/1.1 500', '\u0004\0\0\0\0\0\0\u0001x', '\u0001\u0001\0\0\0\0\0\u0001x'])(
    'refuses %j',
    (text) => expect(() => new Demuxer().push(Buffer.from(text, 'latin1'))).toThrow(FrameError),
  );
});

describe('TimestampStripper', () => {
  const time = '2026-11-21T22:57:13.491862201Z';
  const strip = (chunks: Iterable<Buffer>): string => {
    const demuxer = new Demuxer();
    const stripper = new TimestampStripper();
    let text = '';
    for (const chunk of chunks) {
      for (const piece of demuxer.push(chunk)) {
        const stripped = stripper.strip(piece);
        if (!stripped?.bytes.length) continue;
        expect(stripped.at).toBe(Date.parse('2026-11-21T22:57:13.491Z'));
        text += `${stripped.stream}${stripped.bytes.toString('latin1')}|`;
      }
    }
    return text;
  };

  it('takes the time off each frame, cut anywhere', () => {
    const bytes = encode([
      { stream: 1, bytes: Buffer.from(`${time} a b\n`) },
      { stream: 2, bytes: Buffer.from(`${time.replace('Z', '+00:00')} \n`) },
    ]);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(strip(cutAt(bytes, [cut])).replace(/\|1(?=[^|])/g, '')).toBe('1a b\n|2\n|');
    }
  });

  it('keeps a frame that holds nothing but its time', () => {
    const [piece] = new Demuxer().push(encode([{ stream: 1, bytes: Buffer.from(`${time} `) }]));
    expect(piece && new TimestampStripper().strip(piece)).toMatchObject({ start: true, stream: 1 });
  });

  it.each(['no time here\n', 'x'.repeat(60)])('refuses a frame without one: %j', (text) => {
    expect(() => strip([encode([{ stream: 1, bytes: Buffer.from(text) }])])).toThrow(FrameError);
  });
});
