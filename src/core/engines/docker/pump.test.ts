import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { FramePiece } from './demux.ts';
import { pump } from './pump.ts';
import { never } from './testing/workbench.ts';
import { TimestampStripper } from './timestamps.ts';

const FRAME = Buffer.from([1, 0, 0, 0, 0, 0, 0, 2, 0x6f, 0x6b]);

const pumped = (bytes: Buffer, onPiece: (piece: FramePiece) => void = () => undefined) =>
  pump(Readable.from([bytes]), { onPiece, mayGoOn: async () => true, signal: never });

describe('pump', () => {
  it('hands on what is in the frames', async () => {
    const seen: string[] = [];
    await pumped(FRAME, ({ bytes }) => void seen.push(bytes.toString()));
    expect(seen).toEqual(['ok']);
  });

  it.each<[string, Buffer, (piece: FramePiece) => void]>([
    ['no frames', Buffer.from('HTTP/1.1 500'), () => undefined],
    ['half a frame', FRAME.subarray(0, 9), () => undefined],
    ['frames without a time', FRAME, timed],
  ])('takes %s for a connection that broke', async (_, bytes, onPiece) => {
    await expect(pumped(bytes, onPiece)).rejects.toMatchObject({ code: 'E_ENGINE_LOST' });
  });

  it('passes on what else its taker throws', async () => {
    const fault = new Error('the disk is full');
    const onPiece = (): void => {
      throw fault;
    };
    await expect(pumped(FRAME, onPiece)).rejects.toBe(fault);
  });
});

/** As the log is read again: the time of this frame is longer than one can be. */
function timed(piece: FramePiece): void {
  new TimestampStripper().strip({ ...piece, bytes: Buffer.alloc(60, 0x78) });
}
