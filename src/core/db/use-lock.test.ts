import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from './testing.ts';
import { UseLock } from './use-lock.ts';

const never = new AbortController().signal;

function locks() {
  const file = join(testFolder(), 'locks', 'use.lock');
  return [new UseLock(file), new UseLock(file)] as const;
}

test('many make at once, and nobody cleans up meanwhile', async () => {
  const [a, b] = locks();
  const outcome = await a.hold(
    () => b.hold(() => a.alone(() => Promise.resolve('cleaned')), never),
    never,
  );
  expect(outcome).toBeNull();
  await expect(a.alone(() => Promise.resolve('cleaned'))).resolves.toEqual({ done: 'cleaned' });
});

test('who makes waits for who cleans up, and may give up', async () => {
  const [a, b] = locks();
  const order: string[] = [];
  const end = Promise.withResolvers<void>();
  const cleaning = a.alone(async () => {
    await end.promise;
    order.push('cleaned');
  });
  const making = b.hold(async () => void order.push('made'), never);
  const giving = AbortSignal.abort();
  await expect(b.hold(() => Promise.resolve(), giving)).rejects.toMatchObject({
    code: 'E_CANCELLED',
  });
  await expect(b.alone(() => Promise.resolve())).resolves.toBeNull();
  end.resolve();
  await Promise.all([cleaning, making]);
  expect(order).toEqual(['cleaned', 'made']);
});

test('it is free again after work that failed', async () => {
  const [a, b] = locks();
  const fail = () => Promise.reject(new Error('no'));
  await expect(a.alone(fail)).rejects.toThrow('no');
  await expect(b.hold(fail, never)).rejects.toThrow('no');
  await expect(a.alone(() => Promise.resolve(1))).resolves.toEqual({ done: 1 });
});
