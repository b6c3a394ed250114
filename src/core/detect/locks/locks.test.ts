import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planEnvironment } from '../environment.ts';
import { entriesOf, readerOf } from '../test-tree.ts';
import { reach } from './locked-package.ts';

const HASH = (letter: string): string => `sha256:${letter.repeat(64)}`;
const plan = (files: Record<string, string>) => planEnvironment(entriesOf(files), readerOf(files));
const lines = async (files: Record<string, string>): Promise<string[]> =>
  (await plan(files)).requirements.trimEnd().split('\n');

const PROJECT = `[project]
name = "demo"
dependencies = ["Click>=8", "requests[socks]>=2"]
`;

const UV = `version = 1
revision = 2
requires-python = ">=3.9"
resolution-markers = ["python_full_version >= '3.10'", "python_full_version < '3.10'"]

[[package]]
name = "click"
version = "8.1.8"
source = { registry = "https://pypi.org/simple" }
resolution-markers = ["python_full_version < '3.10'"]
dependencies = [{ name = "colorama", marker = "python_full_version < '3.10' and sys_platform == 'win32'" }]
sdist = { url = "https://files/x.tar.gz", hash = "${HASH('a')}", size = 1 }
wheels = [{ url = "https://files/x.whl", hash = "${HASH('b')}", size = 1 }]

[[package]]
name = "click"
version = "8.3.0"
source = { registry = "https://pypi.org/simple" }
resolution-markers = ["python_full_version >= '3.10'"]
dependencies = [{ name = "colorama", marker = "python_full_version >= '3.10' and sys_platform == 'win32'" }]
wheels = [{ url = "https://files/y.whl", hash = "${HASH('c')}", size = 1 }]

[[package]]
name = "colorama"
version = "0.4.6"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://files/z.whl", hash = "${HASH('d')}", size = 1 }]

[[package]]
name = "demo"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "click", version = "8.1.8", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version < '3.10'" },
    { name = "click", version = "8.3.0", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version >= '3.10'" },
    { name = "requests", extra = ["socks"] },
]

[package.dev-dependencies]
dev = [{ name = "pytest" }]

[package.metadata]
requires-dist = [{ name = "click", specifier = ">=8" }]

[[package]]
name = "pysocks"
version = "1.7.1"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://files/p.whl", hash = "${HASH('e')}", size = 1 }]

[[package]]
name = "pytest"
version = "8.4.2"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://files/t.whl", hash = "${HASH('f')}", size = 1 }]

[[package]]
name = "requests"
version = "2.32.5"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://files/r.whl", hash = "${HASH('0')}", size = 1 }]

[package.optional-dependencies]
socks = [{ name = "pysocks" }]
`;

describe('uv.lock', () => {
  it('pins what the project needs, with markers and hashes, and no group', async () => {
    const planned = await plan({ 'pyproject.toml': PROJECT, 'uv.lock': UV });
    expect(planned).toMatchObject({
      dependencies: { kind: 'uv-lock', path: 'uv.lock' },
      locked: true,
      notes: [],
    });
    expect(planned.requirements.split('\n')).toEqual([
      `click==8.1.8 ; python_full_version < '3.10' --hash=${HASH('a')} --hash=${HASH('b')}`,
      `click==8.3.0 ; python_full_version >= '3.10' --hash=${HASH('c')}`,
      expect.stringMatching(/^colorama==0\.4\.6 ; \(.*win32.*\) or \(.*win32.*\) --hash=/),
      `pysocks==1.7.1 --hash=${HASH('e')}`,
      `requests==2.32.5 --hash=${HASH('0')}`,
      '',
    ]);
  });

  it('takes git repositories and other indexes, then without hashes', async () => {
    const git = 'git = "https://host/y.git?rev=main&subdirectory=py#0123abc"';
    const lock = UV.replace(
      'name = "pysocks"\nversion = "1.7.1"\nsource = { registry = "https://pypi.org/simple" }',
      `name = "pysocks"\nversion = "1.7.1"\nsource = { ${git} }`,
    ).replace(
      'version = "2.32.5"\nsource = { registry = "https://pypi.org/simple" }',
      'version = "2.32.5"\nsource = { registry = "https://index.host/cpu" }',
    );
    const planned = await plan({ 'pyproject.toml': PROJECT, 'uv.lock': lock });
    expect(planned.requirements).toContain(
      'pysocks @ git+https://host/y.git@0123abc#subdirectory=py\n',
    );
    expect(planned.requirements).toMatch(/^--extra-index-url https:\/\/index\.host\/cpu\n/);
    expect(planned.requirements).not.toContain('--hash');
    expect(planned.notes).toEqual(['uv.lock takes packages from https://index.host/cpu too.']);
  });

  it('leaves out the members of its own workspace, but not what they need', async () => {
    const lock = UV.replace(
      'version = "2.32.5"\nsource = { registry = "https://pypi.org/simple" }',
      'version = "2.32.5"\nsource = { editable = "packages/requests" }',
    );
    const planned = await lines({ 'pyproject.toml': PROJECT, 'uv.lock': lock });
    expect(planned.some((line) => line.startsWith('requests'))).toBe(false);
    expect(planned.some((line) => line.startsWith('pysocks'))).toBe(true);
  });

  it.each([
    ['a = = 1', 'line 1'],
    ['version = 1', 'the project itself'],
    [
      UV.replaceAll('"pysocks"', '"other"').replace('{ name = "other" }', '{ name = "gone" }'),
      'gone',
    ],
    [UV.replace('version = "2.32.5"', 'version = "2\\n--index-url x"'), 'requests'],
    [UV.replace(HASH('0'), 'sha256:x --index-url=y'), 'requests'],
    [UV.replaceAll("python_full_version < '3.10'", 'x\\n-e /'), 'colorama'],
    [UV.replaceAll("sys_platform == 'win32'", 'x --config-settings y'), 'colorama'],
    [UV.replaceAll('https://pypi.org/simple" }\nwheels', 'https://me:pw@host/" }\nwheels'), ''],
  ])('refuses %#', async (lock, words) => {
    const refused = plan({ 'pyproject.toml': PROJECT, 'uv.lock': lock });
    await expect(refused).rejects.toMatchObject({
      code: 'E_LOCK',
      message: expect.stringContaining(words) as string,
    });
  });

  it('refuses a lock file that pyproject.toml has outgrown', async () => {
    const grown = PROJECT.replace('"Click>=8"', '"Click>=8", "numpy"');
    await expect(plan({ 'pyproject.toml': grown, 'uv.lock': UV })).rejects.toMatchObject({
      code: 'E_LOCK',
      message: expect.stringContaining('numpy') as string,
      next: expect.stringContaining('uv lock') as string,
    });
  });
});

const POETRY_1 = `[[package]]
name = "click"
version = "8.1.7"
description = ""
optional = false
python-versions = ">=3.7"
files = [{file = "x.whl", hash = "${HASH('a')}"}]

[package.dependencies]
colorama = {version = "*", markers = "platform_system == \\"Windows\\""}
importlib-metadata = [{version = "*", optional = true}]

[[package]]
name = "colorama"
version = "0.4.6"
optional = false
files = [{file = "y.whl", hash = "${HASH('b')}"}]

[[package]]
name = "pytest"
version = "7.0"
optional = false
files = [{file = "z.whl", hash = "${HASH('c')}"}]

[metadata]
lock-version = "2.0"
`;

const POETRY_2 = `[[package]]
name = "click"
version = "8.1.7"
optional = false
groups = ["main"]
files = [{file = "x.whl", hash = "${HASH('a')}"}]

[[package]]
name = "colorama"
version = "0.4.6"
optional = false
groups = ["main", "dev"]
markers = {main = "platform_system == \\"Windows\\"", dev = "sys_platform == \\"win32\\""}
files = [{file = "y.whl", hash = "${HASH('b')}"}]

[[package]]
name = "pytest"
version = "7.0"
optional = false
groups = ["dev"]
files = []

[metadata]
lock-version = "2.1"
`;

describe('poetry.lock', () => {
  const poetry = '[tool.poetry.dependencies]\npython = "^3.10"\nclick = "^8"\n';

  it.each([
    ['of Poetry 1, from what the project names', POETRY_1],
    ['of Poetry 2, by its groups', POETRY_2],
  ])('%s', async (_, lock) => {
    const planned = await plan({ 'pyproject.toml': poetry, 'poetry.lock': lock });
    expect(planned).toMatchObject({
      dependencies: { kind: 'poetry-lock', path: 'poetry.lock' },
      locked: true,
      python: { version: '3.11', evidence: 'pyproject.toml:2 python = "^3.10"' },
    });
    expect(planned.requirements.split('\n')).toEqual([
      `click==8.1.7 --hash=${HASH('a')}`,
      `colorama==0.4.6 ; platform_system == "Windows" --hash=${HASH('b')}`,
      '',
    ]);
  });

  it('gives way to uv.lock, and to requirements.txt', async () => {
    const both = { 'pyproject.toml': PROJECT, 'uv.lock': UV, 'poetry.lock': POETRY_2 };
    const planned = await plan(both);
    expect(planned.dependencies?.kind).toBe('uv-lock');
    expect(planned.notes).toEqual(['uv.lock is used, and poetry.lock is not.']);
    const own = await plan({ ...both, 'requirements.txt': 'numpy\n' });
    expect(own).toMatchObject({ requirements: 'numpy\n', locked: false });
  });

  it('is refused when it does not hold what is named', async () => {
    const files = { 'pyproject.toml': `${poetry}numpy = "*"\n`, 'poetry.lock': POETRY_1 };
    await expect(plan(files)).rejects.toMatchObject({ code: 'E_LOCK' });
  });
});

describe('reach', () => {
  it('ends for any graph, and what is reached without a marker is always needed', () => {
    const node = fc.constantFrom('a', 'b', 'c', 'd');
    const marker = fc.constantFrom('', '', 'm == 1', 'n == 2', 'o == 3 or p == 4');
    const edges = fc.array(fc.record({ from: node, to: node, marker }), { maxLength: 14 });
    fc.assert(
      fc.property(edges, (all) => {
        const edgesOf = (key: string) => all.filter(({ from }) => from === key);
        const plain = (key: string) => edgesOf(key).filter((edge) => edge.marker === '');
        const root = [{ to: 'a', marker: '' }];
        const reached = reach(root, edgesOf);
        const always = reach(root, plain);
        for (const key of always.keys()) expect(reached.get(key)).toBe('');
        for (const [key, how] of reached) expect(how === '').toBe(always.has(key));
      }),
      { numRuns: 2000 },
    );
  });
});
