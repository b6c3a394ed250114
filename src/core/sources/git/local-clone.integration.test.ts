import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitBench } from './testing/git-bench.ts';
import type { TestRepository } from './testing/git-repository.ts';

let bench: GitBench;
let clone: TestRepository;

beforeEach(() => {
  bench = new GitBench();
  clone = bench.repository('clone', 'work');
  clone.write('train.py', 'print(1)\n');
  clone.write('.gitignore', '*.log\nbuild/\n');
  clone.write('build/kept.txt', 'tracked although ignored');
  clone.write('.env', 'tracked although it looks like a secret');
  clone.git('add', '--force', '.');
  clone.commit();
});

afterEach(() => bench.dispose());

const freeze = (folder = clone.folder) => bench.sources.freezeLocalClone(folder, bench.control);

describe('a clone without changes', () => {
  it('is its commit, with ignored files left out', async () => {
    clone.write('run.log', 'noise');
    clone.write('build/junk.txt', 'noise');
    mkdirSync(join(clone.folder, 'empty'));
    const taken = await freeze();
    const { source } = await bench.sources.freeze({ address: clone.folder }, bench.control);
    expect(taken).toMatchObject({ branch: 'work', root: clone.folder, context: null });
    expect(taken.source).toEqual({ ...source, ref: 'work' });
    expect(await bench.list(source.tree)).toEqual([
      '.env - 39',
      '.gitignore - 13',
      'build/',
      'build/kept.txt - 24',
      'train.py - 9',
    ]);
  });

  it('is found from a sub-folder, names its origin without login, and may be a worktree', async () => {
    clone.git('remote', 'add', 'origin', 'https://me:secret@example.com/a/b.git');
    const tree = join(bench.base, 'tree');
    clone.git('worktree', 'add', '--quiet', '-b', 'feature/x', tree);
    const taken = await freeze(join(tree, 'build'));
    expect(taken).toMatchObject({ branch: 'feature/x', root: tree, context: 'build' });
    expect(taken.source).toMatchObject({ remote: 'https://example.com/a/b.git', dirty: null });
  });

  it.each([
    ['a packed ref', () => clone.git('pack-refs', '--all')],
    ['no branch', () => clone.git('checkout', '--quiet', '--detach')],
  ])('is read with %s', async (_, prepare) => {
    prepare();
    expect((await freeze()).source.commit).toBe(clone.git('rev-parse', 'HEAD'));
  });

  it('may differ in line ends alone', async () => {
    clone.write('train.py', 'print(1)\r\n');
    const { source } = await freeze();
    expect(source.dirty).toBeNull();
    expect(await bench.text(source.tree, 'train.py')).toBe('print(1)\r\n');
  });

  it('may hold the files that its LFS pointers stand for', async () => {
    const oid = createHash('sha256').update('the file itself').digest('hex');
    clone.write(
      'm.bin',
      `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 15\n`,
    );
    clone.commit();
    clone.write('m.bin', 'the file itself');
    const { source } = await freeze();
    expect(source.dirty).toBeNull();
    expect(await bench.text(source.tree, 'm.bin')).toBe('the file itself');
  });
});

describe('a clone with changes', () => {
  const changes: [string, () => void, string[]][] = [
    ['a changed file', () => clone.write('train.py', 'print(2)\n'), []],
    ['a file that is gone', () => rmSync(join(clone.folder, 'train.py')), []],
    ['a file that is new', () => clone.write('new.py', 'new'), ['new.py']],
    ['a mode', () => chmodSync(join(clone.folder, 'train.py'), 0o755), []],
  ];

  it.each(changes)('keeps %s beside the commit', async (_, change, untracked) => {
    const clean = await freeze();
    change();
    const { source, notes } = await freeze();
    expect(source.commit).toBe(clean.source.commit);
    expect(source.dirty).toEqual({ base: clean.source.tree, untracked });
    expect(source.tree).not.toBe(clean.source.tree);
    expect(notes.join()).toContain('not committed');
  });

  it('leaves out new files that look like secrets', async () => {
    clone.write('id_rsa', 'secret');
    const { source, leftOut } = await freeze();
    expect(source.dirty).toBeNull();
    expect(leftOut).toContainEqual(expect.objectContaining({ path: 'id_rsa', reason: 'secret' }));
  });

  it('takes submodules as they are checked out', async () => {
    const part = bench.repository('part');
    part.write('part.py', 'part');
    part.commit();
    clone.git('submodule', '--quiet', 'add', part.folder, 'lib/part');
    clone.commit();
    const clean = await freeze();
    expect(clean.source.dirty).toBeNull();
    expect(await bench.text(clean.source.tree, 'lib/part/part.py')).toBe('part');
    clone.write('lib/part/part.py', 'other');
    expect((await freeze()).source.dirty).not.toBeNull();
  });
});

describe('a bare repository', () => {
  it('is taken at its default branch', async () => {
    const bare = join(bench.base, 'bare');
    clone.git('clone', '--quiet', '--bare', clone.folder, bare);
    const { source } = await freeze(bare);
    expect(source).toMatchObject({ remote: bare, commit: clone.git('rev-parse', 'HEAD') });
  });
});

describe('folders that are no clone', () => {
  it.each([
    ['a plain folder', () => bench.base],
    ['a folder that is not there', () => join(bench.base, 'nothing')],
    ['a .git file that leads nowhere', () => withGit('gitdir: /nothing\n')],
    ['a .git file of garbage', () => withGit('\0'.repeat(100_000))],
  ])('%s', async (_, folder) => {
    const error = expect.objectContaining({ code: 'E_GIT_NOT_FOUND' });
    await expect(freeze(folder())).rejects.toThrow(error);
  });

  it('tell when there is no commit yet', async () => {
    const fresh = bench.repository('fresh');
    const error = expect.objectContaining({ code: 'E_GIT_EMPTY' });
    await expect(freeze(fresh.folder)).rejects.toThrow(error);
  });

  function withGit(content: string): string {
    const folder = join(bench.base, 'odd');
    mkdirSync(folder);
    writeFileSync(join(folder, '.git'), content);
    return folder;
  }
});

describe('S7 a clone that wants to run programs', () => {
  it('runs none of them', async () => {
    const mark = join(bench.base, 'ran');
    const program = join(bench.base, 'program.sh');
    writeFileSync(program, `#!/bin/sh\ntouch "${mark}"\n`, { mode: 0o755 });
    clone.write('.gitattributes', '*.py filter=evil diff=evil\n');
    clone.commit();
    const hooks = join(clone.folder, '.git/hooks');
    for (const hook of [
      'post-checkout',
      'pre-auto-gc',
      'reference-transaction',
      'post-index-change',
    ]) {
      writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch "${mark}"\n`, { mode: 0o755 });
    }
    const settings = [
      'core.fsmonitor',
      'core.sshCommand',
      'core.pager',
      'core.editor',
      'core.askPass',
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.external',
      'uploadpack.packObjectsHook',
      'remote.origin.uploadpack',
      'core.alternateRefsCommand',
      'credential.helper',
      'core.gitProxy',
    ];
    for (const setting of settings) clone.git('config', setting, program);
    clone.git('config', 'core.hooksPath', hooks);
    clone.git('config', 'core.worktree', '/');
    clone.git('config', 'remote.origin.promisor', 'true');
    rmSync(mark, { force: true });
    clone.write('train.py', 'changed');
    const { source } = await freeze();
    expect(source.dirty).not.toBeNull();
    await bench.sources.freeze({ address: clone.folder, ref: 'work' }, bench.control);
    expect(existsSync(mark)).toBe(false);
  });
});
