import { execFileSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitBench } from './testing/git-bench.ts';
import { GitHttpServer } from './testing/git-http-server.ts';
import type { TestRepository } from './testing/git-repository.ts';

let bench: GitBench;
let repository: TestRepository;
let server: GitHttpServer;

beforeEach(async () => {
  bench = new GitBench();
  repository = bench.repository('demo', 'trunk');
  repository.write('train.py', 'print(1)\n');
  repository.write('bin/run.sh', '#!/bin/sh\n', 0o755);
  repository.write('src/deep/a.txt', 'a');
  repository.write('empty', '');
  symlinkSync('../train.py', join(repository.folder, 'bin/link'));
  server = await GitHttpServer.start({ root: bench.served });
});

afterEach(async () => {
  await server.stop();
  await bench.dispose();
});

const address = (): string => `${server.url}/demo`;

describe('a first freeze', () => {
  it('holds what the commit holds, at the default branch of the remote', async () => {
    const commit = repository.commit();
    const { source, notes } = await bench.sources.freeze({ address: address() }, bench.control);
    expect(source).toMatchObject({ kind: 'git', remote: address(), ref: null, commit, files: 4 });
    expect(notes).toEqual([]);
    expect(await bench.list(source.tree)).toEqual([
      'bin/',
      'bin/link -> ../train.py',
      'bin/run.sh x 10',
      'empty - 0',
      'src/',
      'src/deep/',
      'src/deep/a.txt - 1',
      'train.py - 9',
    ]);
    expect(await bench.text(source.tree, 'train.py')).toBe('print(1)\n');
  });

  it('works from a local path and from file://', async () => {
    const commit = repository.commit();
    const path = repository.folder;
    const plain = await bench.sources.freeze({ address: path }, bench.control);
    const url = await bench.sources.freeze({ address: `file://${path}` }, bench.control);
    expect(plain.source).toMatchObject({ remote: path, commit });
    expect(url.source).toEqual(plain.source);
  });
});

describe('a freeze again', () => {
  it('asks nobody for a full commit that was taken before', async () => {
    const commit = repository.commit();
    const request = { address: address(), ref: commit };
    const first = await bench.sources.freeze(request, bench.control);
    server.requests.length = 0;
    const second = await bench.sources.freeze(request, bench.control);
    expect(second).toEqual(first);
    expect(server.requests).toEqual([]);
  });

  it('only looks at the refs for a branch that stands still, and fetches what is new', async () => {
    repository.commit();
    await bench.sources.freeze({ address: address() }, bench.control);
    server.requests.length = 0;
    await bench.sources.freeze({ address: address(), ref: 'trunk' }, bench.control);
    expect(server.requests.length).toBeLessThanOrEqual(2);
    repository.write('new.txt', 'new');
    const commit = repository.commit();
    const { source } = await bench.sources.freeze({ address: address() }, bench.control);
    expect(source.commit).toBe(commit);
    expect(await bench.text(source.tree, 'new.txt')).toBe('new');
  });
});

describe('a mirror that is damaged', () => {
  it.each(['the same commit', 'a new commit'])('is made anew for %s', async (which) => {
    repository.commit();
    const first = await bench.sources.freeze({ address: address() }, bench.control);
    const mirrors = join(bench.data, 'git');
    execFileSync('find', [mirrors, '-path', '*objects*', '-type', 'f', '-delete']);
    if (which === 'a new commit') {
      repository.write('new', 'new');
      repository.commit();
    } else {
      await bench.forget();
    }
    const second = await bench.sources.freeze({ address: address() }, bench.control);
    expect(second.source.tree === first.source.tree).toBe(which === 'the same commit');
  });
});

describe('a mirror that was half made', () => {
  it('is made whole, and nothing of it is left', async () => {
    repository.commit();
    await bench.sources.freeze({ address: address() }, bench.control);
    const mirrors = join(bench.data, 'git');
    const name = readdirSync(mirrors).find((entry) => entry.endsWith('.git'))!;
    renameSync(join(mirrors, name), join(mirrors, `${name}.new`));
    rmSync(join(mirrors, `${name}.new`, 'HEAD'));
    repository.write('new.txt', 'new');
    const commit = repository.commit();
    const { source } = await bench.sources.freeze({ address: address() }, bench.control);
    expect(source.commit).toBe(commit);
    expect(readdirSync(mirrors).filter((entry) => entry.endsWith('.new'))).toEqual([]);
  });
});

describe('two at once', () => {
  it('share the mirror without getting into each other’s way', async () => {
    repository.commit();
    const requests = Array.from({ length: 4 }, () => ({ address: address() }));
    const frozen = await Promise.all(
      requests.map((request) => bench.sources.freeze(request, bench.control)),
    );
    expect(new Set(frozen.map(({ source }) => source.tree)).size).toBe(1);
  });
});

describe('a diff on top of a commit', () => {
  it('makes the tree, beside that of the commit', async () => {
    repository.write('binary', Buffer.from([0, 1, 2, 255]));
    const commit = repository.commit();
    repository.write('train.py', 'print(2)\n');
    repository.write('binary', Buffer.from([9, 0, 9]));
    repository.write('src/deep/a.txt', 'b');
    const patch = repository.git('diff', 'HEAD', '--binary');
    repository.git('checkout', '--quiet', '.');
    const request = { address: address(), ref: commit, patch };
    const { source } = await bench.sources.freeze(request, bench.control);
    expect(await bench.text(source.tree, 'train.py')).toBe('print(2)\n');
    expect(await bench.list(source.tree)).toContain('binary - 3');
    const plain = await bench.sources.freeze({ address: address() }, bench.control);
    expect(source.dirty).toEqual({ base: plain.source.tree, untracked: [] });
    expect(plain.source.dirty).toBeNull();
    const again = await bench.sources.freeze(request, bench.control);
    expect(again.source).toEqual(source);
  });

  it.each([
    [
      'does not fit',
      'diff --git a/train.py b/train.py\n--- a/train.py\n+++ b/train.py\n@@ -1 +1 @@\n-x\n+y\n',
    ],
    ['is no diff', 'hello\n'],
    [
      'leads out',
      'diff --git a/../x b/../x\nnew file mode 100644\n--- /dev/null\n+++ b/../x\n@@ -0,0 +1 @@\n+y\n',
    ],
    [
      'writes into .git',
      'diff --git a/.git/x b/.git/x\nnew file mode 100644\n--- /dev/null\n+++ b/.git/x\n@@ -0,0 +1 @@\n+y\n',
    ],
  ])('is refused when it %s', async (_, patch) => {
    repository.commit();
    await expect(
      bench.sources.freeze({ address: address(), patch }, bench.control),
    ).rejects.toThrow(expect.objectContaining({ code: 'E_GIT_PATCH' }));
  });
});
