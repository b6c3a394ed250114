import { spawn } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentKey, needsInstall } from './environments.ts';
import { signalOf } from './facts.ts';
import { parseStat, processState, readProcess } from './process-identity.ts';
import { baseEnvironment, programEnvironment, toolEnvironment } from './program-environment.ts';
import { parseProbe } from './python.ts';

describe('identity of a process', () => {
  it('is read from a line of the process table, whatever the program is called', () => {
    const rest = `S 1 41 40 ${Array.from({ length: 15 }, () => '0').join(' ')} 98765 1 2`;
    fc.assert(
      fc.property(fc.string({ maxLength: 15 }), (name) => {
        expect(parseStat(`42 (${name}) ${rest}`, 'boot')).toEqual({
          ...{ pid: 42, born: 'boot 98765', state: 'S', group: 41, session: 40 },
        });
      }),
    );
    expect(parseStat('', 'boot')).toBeNull();
    expect(parseStat('42 (x) S 1', 'boot')).toBeNull();
  });

  it('holds for this process, and not for another with the same pid', async () => {
    const entry = await readProcess(process.pid);
    expect(entry).toMatchObject({ pid: process.pid });
    expect(await processState({ pid: process.pid, born: entry?.born ?? '' })).toBe('alive');
    expect(await processState({ pid: process.pid, born: 'x 1' })).toBe('gone');
  });

  it('ends with the process', async () => {
    const child = spawn('/bin/sleep', ['60'], { stdio: 'ignore' });
    const entry = await readProcess(child.pid ?? 0);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    expect(entry && (await processState(entry))).toBe('gone');
  });
});

it.each([
  [0, null],
  [1, null],
  [128, null],
  [130, 'SIGINT'],
  [137, 'SIGKILL'],
  [255, null],
])('exit code %i is the death by %s', (code, signal) => {
  expect(signalOf(code)).toBe(signal);
});

describe('environments of processes', () => {
  const session = {
    HOME: '/h',
    PATH: '/p',
    API_KEY: 'x',
    ELECTRON_X: '1',
    https_proxy: 'http://p',
  };

  it('the base holds a few variables and none else', () => {
    expect(baseEnvironment(session)).toEqual({ HOME: '/h', PATH: '/p', LANG: 'C.UTF-8' });
    expect(baseEnvironment({})['PATH']).toContain('/usr/bin');
  });

  it('the program has the virtual environment first on PATH, and what the job gives', () => {
    expect(programEnvironment(session, '/v', { PATH: '/q', LANG: 'de' })).toEqual({
      ...{ HOME: '/h', PATH: '/v/bin:/q', LANG: 'de', PYTHONUNBUFFERED: '1', VIRTUAL_ENV: '/v' },
    });
    expect(programEnvironment(session, '', {})['PATH']).toBe('/p');
  });

  it('the installer has the network and the index; a plain one is trusted by its host', () => {
    expect(toolEnvironment(session, '')).toMatchObject({ https_proxy: 'http://p' });
    expect(toolEnvironment(session, '')).not.toHaveProperty('PIP_INDEX_URL');
    expect(toolEnvironment(session, 'http://h:1/s')).toMatchObject({
      PIP_INDEX_URL: 'http://h:1/s',
      PIP_TRUSTED_HOST: 'h:1',
    });
    expect(toolEnvironment(session, 'https://h/s')).not.toHaveProperty('PIP_TRUSTED_HOST');
  });

  it('the key changes with all that decides the content, and with nothing else', () => {
    const python = { version: '3.11.7', path: '/p' };
    const recipe = { python, requirements: 'a', locked: false, packageIndex: '' };
    const keys = [
      recipe,
      { ...recipe, requirements: 'b' },
      { ...recipe, packageIndex: 'i' },
      { ...recipe, locked: true },
      { ...recipe, python: { ...python, version: '3.12.0' } },
      { ...recipe, python: { ...python, path: '/q' } },
    ].map(environmentKey);
    expect(new Set(keys).size).toBe(6);
    expect(environmentKey({ ...recipe, python: { ...python } })).toBe(keys[0]);
  });

  it.each([
    ['', false],
    [' \n# a\n\t#b', false],
    ['# a\n numpy', true],
    ['--pre', true],
  ])('whether %j needs an install', (text, needs) => {
    expect(needsInstall(text)).toBe(needs);
  });
});

it.each([
  ['3.11.7\n/usr/bin/python3\n', { version: '3.11.7', path: '/usr/bin/python3' }],
  ['2.7.18\n/usr/bin/python\n', null],
  ['3.11.7\n', null],
  ['hello', null],
])('takes %j for a Python 3 or not', (text, python) => {
  expect(parseProbe(text)).toEqual(python);
});
