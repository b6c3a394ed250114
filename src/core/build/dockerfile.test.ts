import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { generateDockerfile, hasRequirements, needsCode } from './dockerfile.ts';
import { parseImageReference } from './image-reference.ts';
import { pipConfig } from './package-index.ts';

const make = (requirements: string, buildkit = true, baseImage = 'python:3.11-slim'): string =>
  generateDockerfile({ baseImage, requirements, locked: false, buildkit });

const order = (text: string, ...parts: string[]): boolean => {
  const places = parts.map((part) => text.indexOf(part));
  return places.every((place, i) => place >= 0 && (i === 0 || place > (places[i - 1] ?? -1)));
};

describe('generateDockerfile', () => {
  it('installs before it copies the code', () => {
    const text = make('numpy==2.0\n');
    expect(
      order(
        text,
        'FROM python:3.11-slim\n',
        'COPY requirements.txt',
        'pip install',
        'COPY --chown=1000:1000 code/',
      ),
    ).toBe(true);
    expect(text).toContain('--mount=type=cache');
  });

  it('installs after the code when the lines point into it', () => {
    expect(order(make('-e .\n'), 'COPY --chown=1000:1000 code/', 'pip install')).toBe(true);
  });

  it('installs nothing without requirements', () => {
    expect(make('# only a comment\n\n')).not.toContain('pip install');
  });

  it('uses nothing of BuildKit for the classic builder', () => {
    expect(make('numpy', false)).not.toContain('--mount');
  });

  it('holds nothing of the requirement lines', () => {
    const text = make('x\nRUN echo pwned > /pwned\n"; rm -rf /');
    expect(text).toBe(make('numpy'));
  });

  it.each([
    'a b',
    'python:3.11\nRUN x',
    '',
    '-x',
    'python:',
    'UPPER',
    'a@sha256:12',
    '$(x)',
    'a#b',
    `a${'x'.repeat(300)}`,
  ])('refuses the base image %j', (image) => {
    expect(() => make('', true, image)).toThrow(AppError);
  });

  it.each([
    ['python', { name: 'python', tag: null, digest: null }],
    ['host:5000/a/b_c:1.2-x', { name: 'host:5000/a/b_c', tag: '1.2-x', digest: null }],
    [`a@sha256:${'0'.repeat(64)}`, { name: 'a', tag: null, digest: `sha256:${'0'.repeat(64)}` }],
  ])('takes %s apart', (text, parts) => {
    expect(parseImageReference(text)).toEqual(parts);
  });
});

describe('requirement lines', () => {
  it.each([
    '-e .',
    '-r base.txt',
    '-c limits.txt',
    './wheels/a.whl',
    '.',
    '.[dev]',
    '--editable=.',
    '../x',
    '/abs/x.whl',
    '-e ./lib',
  ])('%s needs the code', (line) => expect(needsCode(`numpy\n${line}\n`)).toBe(true));

  it.each([
    'numpy',
    '-e git+https://host/x.git',
    '--index-url https://host/simple',
    'torch @ https://host/x.whl',
    '# -e .',
    '-r https://host/r.txt',
    '--extra-index-url https://x',
  ])('%s does not', (line) => expect(needsCode(line)).toBe(false));

  it('knows when there is nothing to install', () => {
    expect(hasRequirements('\n # x\r\n\t\n')).toBe(false);
    expect(hasRequirements('\n  numpy # x')).toBe(true);
  });
});

describe('pipConfig', () => {
  it('names the index, and trusts a host without TLS', () => {
    expect(pipConfig('https://host/simple/')).toBe('[global]\nindex-url = https://host/simple/\n');
    expect(pipConfig('http://10.0.0.1:8080/simple')).toContain('trusted-host = 10.0.0.1\n');
    expect(pipConfig('')).toBe('');
  });

  it.each([
    'https://user:secret@host/simple',
    'https://token@host/',
    'file:///x',
    'host',
    'https://h/\nextra = 1',
    'https://h/ x',
  ])('refuses %j without repeating it', (index) => {
    let thrown: unknown;
    try {
      pipConfig(index);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'E_SETTING' });
    expect(String(thrown)).not.toContain('secret');
  });
});
