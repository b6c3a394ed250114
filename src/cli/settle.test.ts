import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { settle } from './settle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What is said while the engines take so many ms, and then fail or not. */
async function said(ms: number, fault?: Error): Promise<string[]> {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const reconcile = () =>
    new Promise<void>((resolve, reject) =>
      setTimeout(() => (fault ? reject(fault) : resolve()), ms),
    );
  const settled = settle({ reconcile }).catch((error: unknown) => expect(error).toBe(fault));
  await vi.advanceTimersByTimeAsync(60_000);
  await settled;
  return write.mock.calls.map(([text]) => String(text));
}

const fault = new Error('the engine is odd');

it.each<[string, number, Error | undefined, number]>([
  ['is silent where the engine answers', 900, undefined, 0],
  ['says once that the engine is waited for', 3000, undefined, 1],
  ['says nothing after a fault', 100, fault, 0],
])('%s', async (_what, ms, thrown, lines) => {
  const texts = await said(ms, thrown);
  expect(texts).toHaveLength(lines);
  for (const text of texts) expect(text).toContain('waiting for the engine');
});
