import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { collectEach, CopyBudget, outputPlace } from './outputs.ts';

describe('where an output goes', () => {
  it.each([
    ['out', '/c/code/out', '/o/out'],
    ['./out/', '/c/code/out', '/o/out'],
    ['a/../b/c', '/c/code/b/c', '/o/b/c'],
    ['.', '/c/code', '/o'],
    ['..out', '/c/code/..out', '/o/..out'],
    ['../out', '/c/out', '/o/root/c/out'],
    ['../../../../etc', '/etc', '/o/root/etc'],
    ['/data/out', '/data/out', '/o/root/data/out'],
    ['/c/code/out', '/c/code/out', '/o/root/c/code/out'],
    ['/../..', '/', '/o/root'],
  ])('%s', (path, source, target) => {
    const place = outputPlace('/c/code', path, '/o');
    expect({ ...place, target: place.target.replace(/(?<=.)\/$/, '') }).toEqual({ source, target });
  });
});

describe('collecting', () => {
  const place = (path: string) => outputPlace('/code', path, '/o');
  const whole = { files: 1, bytes: 2, leftOut: 0, stopped: false };

  it('tells of each path what became of it', async () => {
    const results: Record<string, () => Promise<typeof whole | string>> = {
      '/code/a': async () => whole,
      '/code/b': async () => 'Nothing.',
      '/code/c': async () => ({ ...whole, leftOut: 3 }),
      '/code/d': async () => ({ ...whole, files: 7, stopped: true }),
      '/code/e': () => Promise.reject(new Error('ENOSPC')),
    };
    const collected = await collectEach(
      ['a/x', 'a', 'b', 'c', 'd', 'e', 'a'],
      place,
      ({ source }) => results[source]!(),
    );
    expect(collected).toEqual([
      { path: 'a/x', files: 0, bytes: 0, problem: 'It is kept with "a".' },
      { path: 'a', files: 1, bytes: 2, problem: null },
      { path: 'b', files: 0, bytes: 0, problem: 'Nothing.' },
      { path: 'c', files: 1, bytes: 2, problem: expect.stringMatching(/^3 of its/) as string },
      { path: 'd', files: 7, bytes: 2, problem: expect.stringMatching(/4 GiB.*first 7/) as string },
      { path: 'e', files: 0, bytes: 0, problem: expect.stringMatching(/could not be/) as string },
      { path: 'a', files: 0, bytes: 0, problem: 'It is kept with "a".' },
    ]);
  });

  it.each(['E_CANCELLED', 'E_ENGINE_LOST'] as const)('ends with %s', async (code) => {
    const collecting = collectEach(['a'], place, () => Promise.reject(new AppError(code, 'x')));
    await expect(collecting).rejects.toMatchObject({ code });
  });

  it('has a limit over all paths', () => {
    const budget = new CopyBudget({ bytes: 10, entries: 3 });
    expect([4, 7, 6, 0, 0].map((bytes) => budget.take(bytes))).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});
