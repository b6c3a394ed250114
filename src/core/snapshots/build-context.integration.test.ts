import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from './testing.ts';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

afterEach(() => bench.dispose());

/** The names in the archive that a builder is sent. */
async function sent(digest: string, context: string, dockerfile: string): Promise<string[]> {
  const { signal } = bench.control;
  const found = await bench.snapshots.buildContext(digest, { context, dockerfile }, signal);
  const extra = [{ path: dockerfile, content: found.dockerfile }];
  const { ignoreFile } = found;
  const pieces: Buffer[] = [];
  const options = { prefix: '', context, ignoreFile, extra };
  for await (const piece of bench.snapshots.tar(digest, options, signal)) pieces.push(piece);
  const listed = execFileSync('tar', ['t'], { input: Buffer.concat(pieces) }).toString();
  return listed.trim().split('\n');
}

const write = (files: Record<string, string>): void => {
  // Rules of the root hold for the snapshot itself; those of a context for its build alone.
  for (const [path, content] of Object.entries(files)) bench.write(path, content);
};

describe('a build context', () => {
  it('is a folder of the tree, and what is beside it makes no difference', async () => {
    write({ 'job/Dockerfile': 'FROM x\n', 'job/a/b.py': 'b', 'other.txt': '1' });
    const first = await bench.freeze();
    expect(await sent(first.digest, 'job', 'Dockerfile')).toEqual(['Dockerfile', 'a/', 'a/b.py']);
    const where = { context: 'job', dockerfile: 'Dockerfile' };
    const { signal } = bench.control;
    const before = await bench.snapshots.buildContext(first.digest, where, signal);
    expect(before).toMatchObject({ dockerfile: 'FROM x\n', ignoreFile: null });
    write({ 'other.txt': '2', 'job/Dockerfile': 'FROM y\n' });
    const second = await bench.freeze();
    const after = await bench.snapshots.buildContext(second.digest, where, signal);
    expect(after).toEqual({ ...before, dockerfile: 'FROM y\n' });
    write({ 'job/a/b.py': 'c' });
    const third = await bench.freeze();
    const changed = await bench.snapshots.buildContext(third.digest, where, signal);
    expect(changed.digest).not.toBe(before.digest);
  });

  it('leaves out what its own rules say; those of the Dockerfile go first', async () => {
    write({
      'job/Dockerfile': 'FROM x\n',
      'job/.dockerignore': '**\n!src/**/*.py\n.dockerignore\nDockerfile\n',
      'job/src/a.py': '',
      'job/src/deep/b.py': '',
      'job/src/b.txt': '',
    });
    const { digest } = await bench.freeze();
    expect((await sent(digest, 'job', 'Dockerfile')).toSorted()).toEqual([
      '.dockerignore',
      'Dockerfile',
      'src/a.py',
      'src/deep/b.py',
    ]);
    write({ 'job/Dockerfile.dockerignore': 'src/deep\n' });
    const again = await bench.freeze();
    expect(await sent(again.digest, 'job', 'Dockerfile')).toContain('src/b.txt');
    expect(await sent(again.digest, 'job', 'Dockerfile')).not.toContain('src/deep/b.py');
  });

  it('is refused when its rules are too many, or match for too long', async () => {
    write({ 'job/Dockerfile': 'FROM x\n', 'job/.dockerignore': '#'.repeat((1 << 20) + 1) });
    const large = await bench.freeze();
    const refused = { code: 'E_DOCKERIGNORE', message: expect.stringContaining('1 MB') as string };
    await expect(sent(large.digest, 'job', 'Dockerfile')).rejects.toMatchObject(refused);

    const name = 'a'.repeat(200);
    write({ 'job/.dockerignore': `${'*a'.repeat(40)}b\n`, [`job/${name}`]: '' });
    const slow = await bench.freeze();
    await expect(sent(slow.digest, 'job', 'Dockerfile')).rejects.toMatchObject({
      code: 'E_DOCKERIGNORE',
      message: expect.stringContaining('longer than 5 s') as string,
    });
    expect(await bench.snapshots.entries(slow.digest)).toHaveLength(4);
  });

  it('has to hold its Dockerfile', async () => {
    write({ 'job/a': '' });
    mkdirSync(bench.path('job/Dockerfile'));
    const { digest } = await bench.freeze();
    await expect(sent(digest, 'job', 'Dockerfile')).rejects.toMatchObject({
      code: 'E_DOCKERFILE_NOT_FOUND',
    });
  });
});
