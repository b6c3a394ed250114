import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { PipeReader } from './pipe-reader.ts';

const text = Buffer.from('first\n12345\nsecond line\n\nlast');

const pieces = (cuts: number[]): Readable =>
  Readable.from([0, ...cuts].map((start, at) => text.subarray(start, cuts[at] ?? text.length)));

async function readAll(reader: PipeReader): Promise<unknown[]> {
  const counted = Buffer.alloc(6);
  return [
    await reader.line(),
    (await reader.fill(counted)) && counted.toString(),
    await reader.line(),
    await reader.line(),
    await reader.line(),
  ];
}

describe('PipeReader', () => {
  it('reads the same wherever the pieces are cut', async () => {
    for (let cut = 0; cut <= text.length; cut++) {
      const read = await readAll(new PipeReader(pieces([cut, Math.min(cut + 2, text.length)])));
      expect(read).toEqual(['first', '12345\n', 'second line', '', null]);
    }
  });

  it('loses nothing of a process that ends before anybody reads', async () => {
    const child = spawn('printf', ['one\\ntwo\\n']);
    const reader = new PipeReader(child.stdout);
    await once(child, 'exit');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([await reader.line(), await reader.line(), await reader.line()]).toEqual([
      'one',
      'two',
      null,
    ]);
  });

  it('tells when there is too little', async () => {
    expect(await new PipeReader(pieces([3])).fill(Buffer.alloc(100))).toBe(false);
    expect(await new PipeReader(Readable.from([])).line()).toBeNull();
  });
});
