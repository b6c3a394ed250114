import { describe, expect, it } from 'vitest';
import { readRunFolder } from './read-run-folder.ts';
import { sourceOf } from './run-source.ts';
import { runFolder } from './testing/run-folder.ts';
import { message, record } from './testing/records.ts';

const commit = 'a'.repeat(40);
const signal = new AbortController().signal;

const git = (remote: string, at = commit) => message({ 1: remote, 2: at });
const program = { 2: 'CPython 3.11.7', 7: 'src/train.py', 8: 'train.py' };
const entry = { 1: 'train.py', 2: 'x', 4: 1, 6: '/d/artifacts/staging/t' };
const code = record.code('source-p-train.py', [entry]);

const source = async (records: Uint8Array[], files: Record<string, string> = {}) =>
  sourceOf(await readRunFolder(runFolder(records, files), signal));

describe('sourceOf', () => {
  const all = { ...program, 4: 'python:3.11', 9: git('https://user:tok@h/x.git') };

  it('prefers git, with the changes that were not committed', async () => {
    expect(await source([record.environment(all), code], { 'files/diff.patch': 'diff' })).toEqual({
      kind: 'git',
      remote: 'https://h/x.git',
      commit,
      patch: Buffer.from('diff'),
      entryPoint: ['python', 'src/train.py'],
    });
  });

  it('then the logged code, then the image', async () => {
    const { 9: _git, ...noGit } = all;
    expect(await source([record.environment(noGit), code])).toEqual({
      kind: 'code',
      artifactName: 'source-p-train.py',
      entries: [{ path: 'train.py', md5: 'x', size: 1, localPath: '/d/artifacts/staging/t' }],
      entryPoint: ['python', 'train.py'],
    });
    const image = { kind: 'image', reference: 'python:3.11' };
    expect(await source([record.environment(noGit)])).toEqual(image);
    expect(await source([record.environment({ 4: 'python:3.11' })])).toEqual(image);
  });

  it('does as the recorded job_source says', async () => {
    const settings = message({ 1: message({ 1: 'job_source', 16: '"image"' }) });
    expect(
      await source([record.run({ 1: 'r', 11: settings }), record.environment(all), code]),
    ).toMatchObject({ kind: 'image' });
  });

  it('makes no job of a run that a job made', async () => {
    const used = record.usedArtifact('job', 'e/p/job-x:v1');
    expect(await source([record.environment(all), used])).toEqual({
      kind: 'none',
      why: expect.stringContaining('e/p/job-x:v1'),
    });
    const dataset = record.usedArtifact('dataset', 'e/p/data:v1');
    expect(await source([record.environment(all), dataset])).toMatchObject({ kind: 'git' });
  });

  it.each([
    [
      'a helper of git',
      { 9: git('ext::sh -c id'), 7: 'a.py' },
      /program that git would run|blanks/,
    ],
    ['a short commit', { 9: git('https://h/x', 'abc'), 7: 'a.py' }, /commit/],
    ['a program outside', { 9: git('https://h/x'), 7: '../../x' }, /not inside/],
    ['an absolute program', { 9: git('https://h/x'), 7: '/etc/x.py' }, /not inside/],
    ['an option', { 9: git('https://h/x'), 7: '-c' }, /option/],
    ['a notebook', { 9: git('https://h/x'), 7: 'a.ipynb' }, /notebook/],
    ['no program', { 9: git('https://h/x') }, /path of its program/],
    ['an unusable image', { 4: 'x:$(id)' }, /image/],
    ['nothing', { 2: '3.11' }, /no git commit/],
  ])('says why %s makes none', async (_what, environment, why) => {
    expect(await source([record.environment(environment)])).toEqual({
      kind: 'none',
      why: expect.stringMatching(why),
    });
  });

  it('takes the next source when one cannot be used', async () => {
    const records = [record.environment({ ...program, 9: git('ext::sh -c id') }), code];
    expect(await source(records)).toMatchObject({ kind: 'code' });
  });

  it('refuses logged code that leaves its folder', async () => {
    const outside = record.code('c', [{ ...entry, 1: '../../x' }]);
    expect(await source([record.environment(program), outside])).toMatchObject({ kind: 'none' });
  });
});
