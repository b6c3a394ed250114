import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planEnvironment } from './environment.ts';
import { entriesOf, readerOf } from './test-tree.ts';

const plan = (files: Record<string, string>) => planEnvironment(entriesOf(files), readerOf(files));
const requirements = async (files: Record<string, string>) => (await plan(files)).requirements;
const refusal = (code: string, words: string) =>
  expect.objectContaining({
    code,
    message: expect.stringContaining(words) as string,
    next: expect.any(String) as string,
  });

describe('where dependencies come from', () => {
  it('requirements.txt goes first, as it stands', async () => {
    const text =
      '# these\r\nnumpy >= 1.26 ; python_version > "3"\r\n--extra-index-url https://x\r\n';
    expect(await requirements({ 'requirements.txt': 'numpy\n' })).toBe('numpy\n');
    const both = await plan({ 'requirements.txt': text, 'pyproject.toml': '[[[' });
    expect(both.dependencies).toEqual({ kind: 'requirements', path: 'requirements.txt' });
    expect(both.requirements.split('\n')).toEqual(text.split('\r\n'));
  });

  it('then pyproject.toml', async () => {
    const text = '[project]\ndependencies = ["numpy>=1.26", "x[a] @ https://h/x.whl"]';
    expect(await plan({ 'pyproject.toml': text })).toMatchObject({
      dependencies: { kind: 'pyproject', path: 'pyproject.toml' },
      requirements: 'numpy>=1.26\nx[a] @ https://h/x.whl\n',
    });
  });

  it.each([
    {},
    { 'sub/requirements.txt': 'numpy' },
    { 'pyproject.toml': '[tool.x]\na = 1' },
    { 'pyproject.toml': '[project]\nname = "x"' },
    { 'pyproject.toml': 'project = 3' },
  ])('else nowhere', async (files: Record<string, string>) => {
    expect(await plan(files)).toMatchObject({ dependencies: null, requirements: '' });
  });

  it.each([
    ['a = 1\nb = = 2\n', 'line 2'],
    ['[project]\ndependencies = "numpy"', 'not a list'],
    ['[project]\ndependencies = [1]', 'not a list'],
    ['[project]\ndependencies = ["a\\n--index-url x"]', 'not a list'],
    ['[project]\ndependencies = ["-r other.txt"]', 'not a list'],
    ['[project]\ndynamic = ["dependencies"]', 'dynamic'],
  ])('refuses the pyproject.toml %j', async (text, words) => {
    await expect(plan({ 'pyproject.toml': text })).rejects.toEqual(refusal('E_PYPROJECT', words));
  });

  it('refuses a file that was not read as a whole', async () => {
    const files = { 'requirements.txt': 'numpy\npandas\n' };
    const short = planEnvironment(entriesOf(files), readerOf({ 'requirements.txt': 'numpy\n' }));
    await expect(short).rejects.toEqual(refusal('E_REQUIREMENTS', 'too long'));
  });
});

describe('includes', () => {
  it('are put in place, relative to the file that names them, once each', async () => {
    const files = {
      'requirements.txt': '\uFEFFa\n-r deps/base.txt # why\nb\n--requirement=deps/more.txt\n',
      'deps/base.txt': 'c\n-r more.txt',
      'deps/more.txt': 'd\n-rmore2.txt',
      'deps/more2.txt': 'e',
    };
    const words = (await requirements(files)).split(/\s+/).filter(Boolean);
    expect(words).toEqual(['a', 'c', 'd', 'e', 'b']);
  });

  it.each([
    ['a\n-r ../x.txt', 'requirements.txt:2 includes ../x.txt, which is outside'],
    ['-r deps/../../x.txt', 'outside'],
    ['-r /etc/passwd', 'outside'],
    ['-r https://host/x.txt', 'outside'],
    ['\n\n-r gone.txt', 'requirements.txt:3 includes gone.txt, which is not there'],
    ['-r requirements.txt', 'includes it again'],
    ['-r \\\nloop.txt', 'loop.txt:1 includes requirements.txt, which includes it again'],
    ['-c limits.txt', 'constraints'],
  ])('refuses %j', async (text, words) => {
    const files = { 'requirements.txt': text, 'loop.txt': '-r requirements.txt' };
    await expect(plan(files)).rejects.toEqual(refusal('E_REQUIREMENTS', words));
  });
});

describe('lines', () => {
  it.each([
    '-e .',
    '--editable=./pkg',
    '-e.',
    '.',
    '..',
    '.[dev]',
    './pkg',
    '/opt/x.whl',
    '~/x',
    'C:\\x',
    'pkgs/thing',
    'thing-1.0-py3-none-any.whl',
    'thing @ file:///x.whl',
    'file:x',
    '-f ./wheels',
    '--find-links /x',
  ])('refuses the local path %j and names its line', async (line) => {
    const files = { 'requirements.txt': `numpy\n${line}\n` };
    await expect(plan(files)).rejects.toEqual(refusal('E_REQUIREMENTS', 'requirements.txt:2'));
  });

  it.each([
    'numpy',
    'a.b-c_d[x,y]~=1.0; sys_platform == "linux"',
    'git+https://host/x.git@main#egg=x',
    '-e git+ssh://git@host/x.git#egg=x',
    'x @ git+https://host/x.git',
    'https://host/x-1.0.zip',
    '--index-url https://host/simple/',
    '-f https://host/wheels',
    'numpy==1.0 --hash=sha256:abc/def',
    '# -e .',
    'numpy # see ./notes',
    '--no-binary :all:',
  ])('keeps %j', async (line) => {
    expect(await requirements({ 'requirements.txt': `${line}\n` })).toBe(`${line}\n`);
  });

  it.each([
    ['numpy\npan\0das', 'requirements.txt:2'],
    [Buffer.from('\uFEFFnumpy\n', 'utf16le').toString('utf8'), 'UTF-8'],
  ])('refuses what is no text', async (text, words) => {
    const act = plan({ 'requirements.txt': text });
    await expect(act).rejects.toEqual(refusal('E_REQUIREMENTS', words));
  });

  it('are kept for any text, or refused with a code', async () => {
    const pieces = fc.constantFrom(
      'numpy',
      ' ',
      '\n',
      '\\',
      '#',
      '-r x.txt',
      '-e .',
      ';',
      '==1',
      '/',
      '@',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces), async (parts) => {
        const text = parts.join('');
        const planned = await plan({ 'requirements.txt': text, 'x.txt': 'b' }).catch(
          (error: unknown) => error,
        );
        if (planned instanceof Error) {
          expect(planned).toMatchObject({ code: 'E_REQUIREMENTS' });
        } else if (!/-r x\.txt|\\/.test(text)) {
          expect(planned).toMatchObject({ requirements: text });
        }
      }),
    );
  });
});
