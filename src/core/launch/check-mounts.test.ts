import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkMounts, type MountRules } from './check-mounts.ts';

let root = '';
let rules: MountRules;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-mounts-')));
  for (const name of ['granted/sub', 'granted/..odd', 'home/work', 'data/logs', 'other']) {
    mkdirSync(join(root, name), { recursive: true });
  }
  writeFileSync(join(root, 'granted/file'), '');
  execFileSync('mkfifo', [join(root, 'granted/pipe')]);
  symlinkSync(join(root, 'other'), join(root, 'granted/out'));
  symlinkSync(join(root, 'home'), join(root, 'granted/home'));
  symlinkSync(join(root, 'data/logs'), join(root, 'granted/logs'));
  symlinkSync(join(root, 'granted'), join(root, 'way'));
  rules = {
    granted: [join(root, 'granted'), join(root, 'home'), join(root, 'data'), join(root, 'gone')],
    forbidden: [
      { path: join(root, 'home'), name: 'the home folder', inside: false },
      { path: join(root, 'data'), name: 'the data folder', inside: true },
      { path: join(root, 'no-socket'), name: 'the engine', inside: false },
    ],
  };
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const check = (source: string, target = '/x') =>
  checkMounts([{ source: source.replace('R', root), target, readOnly: true }], rules);

describe('sources', () => {
  test.each([
    'R/granted',
    'R/granted/sub',
    'R/granted/file',
    'R/granted/..odd',
    'R/way/sub',
    'R/granted/./sub/',
    'R/home/work',
    'R/granted/out/../sub',
  ])('%s may be mounted', (source) => {
    expect(check(source)).toEqual([]);
  });

  test.each([
    ['R/other', 'in no folder that runs may use'],
    ['R/granted/out', 'in no folder that runs may use'],
    ['R/granted/sub/../../other', 'in no folder that runs may use'],
    ['R/home', 'the home folder'],
    ['R/home/.', 'the home folder'],
    ['R/granted/home', 'the home folder'],
    ['R', 'the home folder'],
    ['/', 'the home folder'],
    ['R/data', 'the data folder'],
    ['R/data/logs', 'the data folder'],
    ['R/granted/logs', 'the data folder'],
    ['R/granted/gone', 'it is not there'],
    ['R/granted/pipe', 'neither a folder nor a file'],
    ['granted', 'no absolute path'],
    ['', 'no absolute path'],
    ['R/granted/${run_id}', 'macros are not replaced'],
    ['R/granted\0', 'no absolute path'],
  ])('%s may not: %s', (source, message) => {
    const problems = check(source);
    expect(problems).toMatchObject([{ code: 'E_MOUNT', path: 'settings.mounts.0' }]);
    expect(problems[0]?.message).toContain(message);
  });

  test('what is forbidden is told by inode as well as by path', () => {
    const twin = { path: join(root, 'way'), name: 'the twin', inside: false };
    const [problem] = checkMounts(
      [{ source: join(root, 'granted'), target: '/x', readOnly: true }],
      { ...rules, forbidden: [twin] },
    );
    expect(problem?.message).toContain('the twin');
  });
});

describe('targets', () => {
  test.each([
    '/data',
    '/data/',
    '/a/b',
    '/runs',
    '/development',
    '/etc/app',
    '/home/launch/code/data',
  ])('%s is one', (target) => {
    expect(check('R/granted', target)).toEqual([]);
  });

  test.each([
    'data',
    '',
    '/',
    '//',
    '/./',
    '/a/../b',
    '/proc',
    '/etc',
    '/home/launch',
    '/home/launch//code/',
    '/sys/x',
    '/dev/shm',
    '/run/slipway',
    '/run/slipway/x',
    '/a\nb',
  ])('%j is none', (target) => {
    expect(check('R/granted', target)).toMatchObject([
      { code: 'E_MOUNT', path: 'settings.mounts.0' },
    ]);
  });

  test('two at one place', () => {
    const mount = (target: string) => ({ source: join(root, 'granted'), target, readOnly: true });
    const problems = checkMounts([mount('/a'), mount('/a/b'), mount('/a/')], rules);
    expect(problems).toMatchObject([{ code: 'E_MOUNT', path: 'settings.mounts.2' }]);
  });
});
