import { describe, expect, it } from 'vitest';
import { DeadlineError } from './engine-errors.ts';
import { unlessSilent } from './unless-silent.ts';

const after = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(value), ms));

describe('unlessSilent', () => {
  it('waits for a slow answer of an engine that is there', async () => {
    let asked = 0;
    const ping = async () => void (asked += 1);
    expect(await unlessSilent(after(60, 'made'), ping, 10)).toBe('made');
    expect(asked).toBeGreaterThan(0);
    const before = asked;
    await after(30, null);
    expect(asked).toBe(before);
  });

  it('fails when the engine does not answer at all', async () => {
    const call = unlessSilent(new Promise(() => undefined), () => Promise.reject(new Error()), 10);
    await expect(call).rejects.toBeInstanceOf(DeadlineError);
  });

  it('fails as the call does', async () => {
    const call = unlessSilent(Promise.reject(new Error('refused')), async () => undefined, 10);
    await expect(call).rejects.toThrow('refused');
  });
});
