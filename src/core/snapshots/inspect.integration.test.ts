import { symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from './testing.ts';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

const inspect = (context = '', entryPoint: string[] | null = null) =>
  bench.snapshots.inspectFolder(
    bench.folder,
    { includeSecrets: [] },
    { context, entryPoint },
    bench.control,
  );

describe('looking through a folder', () => {
  it('finds the same in the folder and in its snapshot, and stores nothing by the first', async () => {
    bench.write(
      'train.py',
      'import argparse\np = argparse.ArgumentParser()\np.add_argument("--lr")\n',
    );
    bench.write('requirements.txt', '-r more.txt\n');
    bench.write('more.txt', 'six\n');
    const found = await inspect();
    expect(found).toMatchObject({
      problem: null,
      environment: { requirements: expect.stringContaining('six') },
      detection: { parameters: [{ name: 'lr', evidence: { file: 'train.py', line: 3 } }] },
    });
    const { digest, known } = await bench.freeze();
    expect(known).toBe(false);
    const request = { context: '', entryPoint: null };
    expect(await bench.snapshots.inspectTree(digest, request, bench.control)).toEqual(found);
  });

  it('reads nothing through links, and nothing that would not go in', async () => {
    const outside = join(dirname(bench.folder), 'outside.txt');
    writeFileSync(outside, 'canary==1\n');
    bench.write('main.py', '');
    symlinkSync(outside, join(bench.folder, 'requirements.txt'));
    expect(JSON.stringify(await inspect())).not.toContain('canary');
    bench.write('.gitignore', 'left.txt\n');
    bench.write('left.txt', 'canary==1\n');
    expect(JSON.stringify(await inspect())).not.toContain('canary');
  });

  it('tells what stands in the way of a job as a finding', async () => {
    bench.write('main.py', '');
    bench.write('requirements.txt', '-r ../elsewhere.txt\n');
    expect(await inspect()).toMatchObject({
      environment: null,
      problem: expect.stringContaining('outside the folder'),
    });
  });

  it.each([
    ['a folder that is not there', 'nope', 'E_CONTEXT_NOT_FOUND'],
    ['a folder outside', '../..', 'E_PATH_OUTSIDE'],
  ])('refuses %s', async (_what, context, code) => {
    bench.write('main.py', '');
    await expect(inspect(context)).rejects.toMatchObject({ code });
  });

  it('ends when it is cancelled', async () => {
    for (let i = 0; i < 200; i++) bench.write(`m${i}.py`, 'x = 1\n'.repeat(200));
    const stop = new AbortController();
    const looking = bench.snapshots.inspectFolder(
      bench.folder,
      { includeSecrets: [] },
      { context: '', entryPoint: null },
      { signal: stop.signal },
    );
    stop.abort();
    await expect(looking).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});
