import { describe, expect, it } from 'vitest';
import { GitRules } from './git-rules.ts';
import { alwaysOut, IgnoreRules, type Decision, type GitLayer } from './ignore-rules.ts';

const layer = (file: string, text: string, above: GitLayer | null = null): GitLayer => ({
  rules: new GitRules(file, Buffer.from(text)),
  above,
});

const none = new IgnoreRules({ slipway: null, docker: null });
const docker = (text: string) => new IgnoreRules({ slipway: null, docker: Buffer.from(text) });
const slipway = (text: string, other = '') =>
  new IgnoreRules({ slipway: Buffer.from(text), docker: Buffer.from(other) });

const ruleOf = (decision: Decision): string | null => ('rule' in decision ? decision.rule : null);

describe('.gitignore', () => {
  const root = layer(
    '.gitignore',
    '# comment\n\nbuild/\n*.log\n!keep.log\n/only-top\nnaïve/*.txt\n',
  );

  it.each([
    ['build', true, '.gitignore:3 build/'],
    ['a/build', true, '.gitignore:3 build/'],
    ['build', false, null],
    ['a/b.log', false, '.gitignore:4 *.log'],
    ['a/keep.log', false, null],
    ['only-top', false, '.gitignore:6 /only-top'],
    ['a/only-top', false, null],
  ])('decides on %s (folder: %s): %s', (path, isFolder, rule) => {
    expect(ruleOf(none.decide(path, isFolder, root))).toBe(rule);
  });

  it('compares bytes, and shows them as text', () => {
    const path = Buffer.from('naïve/a.txt').toString('latin1');
    expect(ruleOf(none.decide(path, false, root))).toBe('.gitignore:7 naïve/*.txt');
  });

  it('lets the nearest file decide, by paths of its own folder', () => {
    const nested = layer('sub/.gitignore', '!debug.log\n/data\r\n', root);
    expect(none.decide('sub/debug.log', false, nested).kind).toBe('in');
    expect(ruleOf(none.decide('sub/other.log', false, nested))).toBe('.gitignore:4 *.log');
    expect(ruleOf(none.decide('sub/data', true, nested))).toBe('sub/.gitignore:2 /data');
    expect(none.decide('sub/x/data', true, nested).kind).toBe('in');
  });

  it('matches names with line ends', () => {
    expect(ruleOf(none.decide('a\nb.log', false, root))).toBe('.gitignore:4 *.log');
  });
});

describe('.slipwayignore', () => {
  it('replaces .dockerignore and can take back what .gitignore leaves out', () => {
    const rules = slipway('!data/\n/tmp\n', '*');
    const git = layer('.gitignore', 'data/\n');
    expect(rules.decide('data', true, git).kind).toBe('taken-back');
    expect(ruleOf(rules.decide('tmp', true, null))).toBe('.slipwayignore:2 /tmp');
    expect(rules.decide('main.py', false, git).kind).toBe('in');
  });
});

describe('lines that cannot be used', () => {
  const long = 'x'.repeat(60_000);

  it('are left out of .gitignore, with a note naming file and line', () => {
    const rules = new GitRules('sub/.gitignore', Buffer.from(`*.log\n${long}\n/${long}*\n*.tmp\n`));
    expect(rules.notes).toEqual([
      expect.stringMatching(/^sub\/\.gitignore:2 .*longer than 4,096 bytes/),
      expect.stringMatching(/^sub\/\.gitignore:3 /),
    ]);
    expect(Math.max(...rules.notes.map(({ length }) => length))).toBeLessThan(300);
    const git = { rules, above: null };
    expect(ruleOf(none.decide('sub/a.tmp', false, git))).toBe('sub/.gitignore:4 *.tmp');
    expect(none.decide('sub/main.py', false, git).kind).toBe('in');
  });

  it.each([slipway, docker])('are left out of the rules of the root', (make) => {
    const rules = make(`${long}\n*.tmp\n`);
    expect(rules.notes).toEqual([expect.stringMatching(/ignore:1 /)]);
    expect(rules.decide('a.tmp', false, null).kind).toBe('out');
  });

  it.each(['a'.repeat(4096), '[a-z]'.repeat(800), '*/'.repeat(2000), '[z-a]', 'a\\', '['])(
    'never throw: %s',
    (line) => {
      const git = { rules: new GitRules('.gitignore', Buffer.from(`${line}\n*.log`)), above: null };
      expect(ruleOf(none.decide('b.log', false, git))).toBe('.gitignore:2 *.log');
    },
  );
});

describe('.dockerignore', () => {
  it.each(['Dockerfile', 'a/Dockerfile', 'Dockerfile.wandb', 'gpu.Dockerfile', '.dockerignore'])(
    'keeps %s, which a build needs',
    (path) => {
      expect(docker('**\n').decide(path, false, null).kind).toBe('in');
      const git = layer('.gitignore', '*\n');
      expect(docker('').decide(path, false, git).kind).toBe('out');
    },
  );

  it('is anchored at the root and lets the last line decide', () => {
    const rules = docker('*.md\n!README.md\n**/*.tmp\nnode*/x\n');
    expect(ruleOf(rules.decide('a.md', false, null))).toBe('.dockerignore:1 *.md');
    expect(rules.decide('sub/a.md', false, null).kind).toBe('in');
    expect(rules.decide('README.md', false, null).kind).toBe('in');
    expect(ruleOf(rules.decide('a/b/c.tmp', false, null))).toBe('.dockerignore:3 **/*.tmp');
    expect(ruleOf(rules.decide('nodes/x/deep', false, null))).toBe('.dockerignore:4 node*/x');
  });

  it('opens a folder that is out only when a line may take back something below it', () => {
    const rules = docker('*\n!src/app\n!**/*.keep\n');
    expect(rules.decide('src', true, null).kind).toBe('open');
    expect(rules.decide('src/app', true, null).kind).toBe('in');
    expect(rules.decide('src/app/x.py', false, null).kind).toBe('in');
    expect(docker('*\n!src/app\n').decide('data', true, null).kind).toBe('out');
  });

  it('skips a line that is no pattern, and says so', () => {
    const rules = docker('a(b\n*.log\n');
    expect(rules.notes).toHaveLength(1);
    expect(rules.notes[0]).toContain('.dockerignore:1');
    expect(rules.decide('x.log', false, null).kind).toBe('out');
  });

  it('adds to .gitignore', () => {
    const git = layer('.gitignore', '*.bin\n');
    expect(ruleOf(docker('!a.bin\n').decide('a.bin', false, git))).toBe('.gitignore:1 *.bin');
  });
});

describe('alwaysOut', () => {
  it('asks for a folder where a file of the name is ordinary', () => {
    expect(alwaysOut('wandb', 'directory')).not.toBeNull();
    expect(alwaysOut('wandb', 'file')).toBeNull();
    expect(alwaysOut('.git', 'file')).not.toBeNull();
    expect(alwaysOut('src', 'directory')).toBeNull();
  });
});
