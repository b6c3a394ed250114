import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamAligner, storedStream } from './aligner.ts';
import { MemorySink } from './testing/memory-sink.ts';

async function align(
  stored: Buffer,
  engine: Buffer,
  size: number,
): Promise<{ added: Buffer; same: boolean | null }> {
  const sink = new MemorySink();
  if (stored.length > 0) await sink.append(1, stored, 0);
  const aligner = new StreamAligner(await storedStream(sink, 1));
  const added: Buffer[] = [];
  for (let from = 0; from < engine.length; from += size) {
    const fresh = aligner.take(engine.subarray(from, from + size));
    if (fresh) added.push(Buffer.from(fresh));
  }
  return { added: Buffer.concat(added), same: aligner.same };
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 30 });

describe('StreamAligner', () => {
  it('adds exactly what is missing', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(text, text, fc.integer({ min: 1, max: 7 }), async (stored, more, size) => {
        const engine = Buffer.from(stored + more);
        const { added, same } = await align(Buffer.from(stored), engine, size);
        expect(added.toString()).toBe(more);
        expect(same).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('tells when the engine has other bytes, or fewer', async () => {
    expect((await align(Buffer.from('abc'), Buffer.from('abx\nmore'), 3)).same).toBe(false);
    expect((await align(Buffer.from('abc'), Buffer.from('ab'), 3)).same).toBeNull();
  });
});
