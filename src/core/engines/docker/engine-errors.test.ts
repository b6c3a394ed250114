import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { negotiate } from './api-version.ts';
import { DeadlineError, engineError, EngineHttpError } from './engine-errors.ts';
import { refusedByInit, refusedStart } from './start-error.ts';

const context = { what: 'Starting the container', address: '/var/run/docker.sock' };
const withCode = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

describe('engineError', () => {
  it.each([
    [withCode('ENOENT'), 'E_ENGINE_NONE', '/var/run/docker.sock'],
    [withCode('ECONNREFUSED'), 'E_ENGINE_NONE', '/var/run/docker.sock'],
    [withCode('EACCES'), 'E_ENGINE_PERMISSION', '/var/run/docker.sock'],
    [withCode('ECONNRESET'), 'E_ENGINE_LOST', 'Starting'],
    [withCode('EPIPE'), 'E_ENGINE_LOST', 'Starting'],
    [withCode('HPE_INVALID_CONSTANT'), 'E_ENGINE_LOST', 'Starting'],
    [new Error('socket hang up'), 'E_ENGINE_LOST', 'Starting'],
    [new Error('aborted'), 'E_ENGINE_LOST', 'Starting'],
    [new DeadlineError(60_000), 'E_ENGINE_TIMEOUT', '60 s'],
    [new EngineHttpError(500, 'write /x: no space left on device'), 'E_DISK_FULL', 'full'],
    [
      new EngineHttpError(
        500,
        'adding interface veth1 to bridge docker0 failed: could not find bridge docker0',
      ),
      'E_ENGINE_NETWORK',
      'network',
    ],
    [new EngineHttpError(404, 'network lab not found'), 'E_ENGINE_NETWORK', 'network'],
    [new EngineHttpError(500, 'something else'), 'E_ENGINE', 'something else'],
    ['text', 'E_ENGINE', 'text'],
  ])('%s is %s', (thrown, code, words) => {
    const error = engineError(thrown, context);
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(error.next).toBeTruthy();
  });

  it('names the group to join when the socket is forbidden', () => {
    expect(engineError(withCode('EACCES'), context).next).toContain('"docker" group');
  });

  it('keeps an AppError', () => {
    const own = new AppError('E_CANCELLED', 'x');
    expect(engineError(own, context)).toBe(own);
  });
});

describe('negotiate', () => {
  const engine = (ApiVersion: string, MinAPIVersion = '1.12') => ({
    Version: '9.9',
    ApiVersion,
    MinAPIVersion,
  });
  it('speaks the newest that both know', () => {
    expect(negotiate(engine('1.41'))).toBe('1.41');
    expect(negotiate(engine('1.52', '1.44'))).toBe('1.44');
  });

  it.each([engine('1.40'), engine('1.60', '1.50'), engine('2.0'), engine('')])(
    'refuses %j, naming both sides',
    (versions) => {
      expect(() => negotiate(versions)).toThrow(/1\.41 to 1\.44/);
    },
  );
});

describe('start errors', () => {
  it.each([
    ['exec: "nope": executable file not found in $PATH: unknown', '"nope" was not found'],
    ['exec: "./a": permission denied: unknown', '"./a" is not executable'],
    ['exec: "/x": stat /x: no such file or directory: unknown', '"/x" was not found'],
    ['exec: \\"nope\\": executable file not found in $PATH', '"nope" was not found'],
  ])('%s', (words, text) => {
    const message = `failed to create shim task: OCI runtime create failed: ${words}`;
    expect(refusedStart(message, null)?.message).toContain(text);
  });

  it('leaves other texts alone', () => {
    expect(refusedStart('driver failed programming external connectivity', null)).toBeNull();
  });

  it.each([
    [
      '[FATAL tini (7)] exec python3.9 failed: No such file or directory\n',
      '"python3.9" was not found',
    ],
    ['[FATAL tini (6)] exec ./run.sh failed: Permission denied\n', '"./run.sh" is not executable'],
    ['[FATAL tini (6)] exec ./run.sh failed: Exec format error\n', 'not a program'],
  ])('%j of docker-init', (words, text) => {
    expect(refusedByInit(words)).toMatchObject({
      code: 'E_START',
      message: expect.stringContaining(text),
    });
    expect(refusedByInit(`${words}more\n`)).toBeNull();
  });
});
