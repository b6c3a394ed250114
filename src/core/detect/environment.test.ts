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

describe('the Python version', () => {
  const python = async (files: Record<string, string>) => (await plan(files)).python;

  it.each([
    ['runtime.txt', 'python-3.11.2', '3.11'],
    ['runtime.txt', '3.9', '3.9'],
    ['runtime.txt', 'CPython 3.12.1', '3.12'],
    ['runtime.txt', '\uFEFF# why\r\n\r\npython-3.10.x\r\n', null],
    ['runtime.txt', 'python-2.7.18', null],
    ['runtime.txt', '', null],
    ['.python-version', '3.13.0\n3.12\n', '3.13'],
    ['.python-version', 'pypy3.9-7.3', null],
    ['.python-version', 'my-environment', null],
    ['pyproject.toml', '[project]\nrequires-python = ">=3.9"\n', '3.11'],
    ['pyproject.toml', '[project]\nrequires-python = ">=3.12,<3.14"\n', '3.13'],
    ['pyproject.toml', '[project]\nrequires-python = "==3.10.4"\n', '3.10'],
    ['pyproject.toml', '[project]\nrequires-python = "<3"\n', null],
    ['pyproject.toml', '[project]\nrequires-python = "new"\n', null],
    ['pyproject.toml', '[tool.poetry.dependencies]\npython = "^3.12"\n', '3.14'],
    ['pyproject.toml', '[tool.poetry.dependencies]\npython = "~3.9"\n', '3.9'],
    ['pyproject.toml', '[tool.poetry.dependencies]\npython = "3.10.*"\n', '3.10'],
    ['pyproject.toml', '[tool.poetry.dependencies]\npython = ">=3.9,!=3.11.*"\n', '3.14'],
  ])('of %s %j is %s', async (file, text, version) => {
    const found = await plan({ [file]: text });
    expect(found.python?.version ?? null).toBe(version);
    if (version === null && text.trim() !== '') expect(found.notes.join()).toContain(file);
  });

  it('is that of the first file that names one, with its line', async () => {
    const files = {
      '.python-version': '\n3.12\n',
      'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.9"\n',
      'requirements.txt': '',
    };
    expect(await python(files)).toEqual({ version: '3.12', evidence: '.python-version:2 3.12' });
    expect(await python({ ...files, 'runtime.txt': 'python-3.10' })).toMatchObject({
      version: '3.10',
    });
    expect(await python({ ...files, '.python-version': 'mine' })).toEqual({
      version: '3.11',
      evidence: 'pyproject.toml:3 requires-python = ">=3.9"',
      requires: '>=3.9',
    });
  });
});

describe('what names no dependencies that can be installed', () => {
  const CONDA = { 'environment.yml': 'dependencies:\n  - numpy\n' };

  it('is refused when there is only Conda, and told when there is more', async () => {
    await expect(plan(CONDA)).rejects.toEqual(refusal('E_CONDA', 'environment.yml'));
    const { notes } = await plan({ ...CONDA, 'requirements.txt': 'numpy\n' });
    expect(notes).toEqual([expect.stringContaining('Conda environments are not supported')]);
  });

  it.each([
    ['[project]\nname = "x"\n', 'names no dependencies'],
    ['[tool.poetry.dependencies]\nclick = "*"\n', 'poetry.lock'],
  ])('is told of %j', async (text, words) => {
    const { notes, dependencies } = await plan({ 'pyproject.toml': text });
    expect(dependencies).toBeNull();
    expect(notes).toEqual([expect.stringContaining(words)]);
  });
});

describe('the frozen list of a run', () => {
  const FROZEN =
    '# comment\nnumpy==2.0\n-e git+https://host/x@1#egg=x\n-e /home/me/x\nmine @ file:///home/me/x\nother @ https://host/x.whl\n\n./x\n';
  const frozen = (files: Record<string, string>) =>
    planEnvironment(entriesOf(files), readerOf(files), FROZEN);

  it('is installed when the code names nothing, without what was local', async () => {
    const planned = await frozen({ 'main.py': '' });
    expect(planned).toMatchObject({
      dependencies: { kind: 'frozen', path: 'requirements.frozen.txt' },
      requirements: 'numpy==2.0\nother @ https://host/x.whl\n',
      locked: true,
    });
    expect(planned.notes).toHaveLength(4);
  });

  it('gives way to what the code names', async () => {
    expect((await frozen({ 'requirements.txt': 'a\n' })).requirements).toBe('a\n');
    const named = { 'pyproject.toml': '[project]\ndependencies = ["b"]\n' };
    expect((await frozen(named)).requirements).toBe('b\n');
    const unnamed = { 'pyproject.toml': '[project]\nname = "x"\n' };
    expect((await frozen(unnamed)).dependencies?.kind).toBe('frozen');
  });
});

it.each([
  ['--extra-index-url https://other/simple', 'https://other/simple'],
  ['-e git+ssh://git@host/x.git#egg=x', 'git+ssh://git@host/x.git#egg=x'],
  ['x @ git+https://host/x.git@main', 'git+https://host/x.git@main'],
])('tells that %s takes code from elsewhere', async (line, words) => {
  const { notes } = await plan({ 'requirements.txt': `numpy\n${line}\n` });
  expect(notes).toEqual([expect.stringContaining(words)]);
});

it('tells that a password gets into the image, without showing it', async () => {
  const text = '--index-url https://me:secret@host/simple\nnumpy\n';
  const { notes } = await plan({ 'requirements.txt': text });
  expect(notes).toEqual([expect.stringContaining('password')]);
  expect(notes.join()).not.toContain('secret');
});

it.each(['num py ==', '"; RUN x', 'numpy; RUN x'])(
  'refuses a line that is no requirement: %s',
  async (line) => {
    const files = { 'requirements.txt': `numpy\n# a\n${line}\n` };
    await expect(planEnvironment(entriesOf(files), readerOf(files))).rejects.toMatchObject({
      code: 'E_REQUIREMENTS',
      message: expect.stringContaining('requirements.txt:3 '),
    });
  },
);

it.each(['numpy\\" RUN x', 'RUN echo x', ''])(
  'refuses a dependency of a project that is no requirement: %s',
  async (line) => {
    const files = {
      'pyproject.toml': `[project]\nname = "x"\ndependencies = ["numpy", "${line}"]\n`,
    };
    await expect(planEnvironment(entriesOf(files), readerOf(files))).rejects.toMatchObject({
      code: 'E_PYPROJECT',
      message: expect.stringContaining('dependency 2'),
    });
  },
);
