import { writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { dataDirOf, makeDataDir } from './data-dir.ts';

describe('makeDataDir', () => {
  it('makes the folder and those above it', () => {
    const folder = join(testFolder(), 'a/b');
    expect(makeDataDir(folder)).toBe(folder);
  });

  it.each(['/proc/x', '/proc', '/sys/a/b'])(
    'refuses %s, a view of the system, at once',
    (folder) => {
      expect(() => makeDataDir(folder)).toThrow(expect.objectContaining({ code: 'E_DATA_DIR' }));
    },
  );

  it('refuses a file', () => {
    const file = join(testFolder(), 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'a')]) {
      const message = `The data folder ${folder} cannot be made or written: a file is in its place.`;
      const refused = expect.objectContaining({ code: 'E_DATA_DIR', message });
      expect(() => makeDataDir(folder)).toThrow(refused);
    }
  });
});

describe('dataDirOf', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is never the folder that somebody happens to be in', () => {
    expect(() => dataDirOf('')).toThrow(expect.objectContaining({ code: 'E_ARGS' }));
    vi.stubEnv('SLIPWAY_DATA_DIR', '');
    const usual = dataDirOf(undefined);
    for (const [name, value] of [
      ['HOME', ''],
      ['XDG_DATA_HOME', 'somewhere'],
    ] as const) {
      vi.stubEnv(name, value);
      const found = dataDirOf(undefined);
      expect([isAbsolute(found), found.startsWith(process.cwd())]).toEqual([true, false]);
    }
    expect(usual).not.toBe(process.cwd());
  });

  it('is the one asked for, before the one of the environment', () => {
    const folder = testFolder();
    vi.stubEnv('SLIPWAY_DATA_DIR', join(folder, 'env'));
    expect(dataDirOf(join(folder, 'asked'))).toBe(join(folder, 'asked'));
    expect(dataDirOf(undefined)).toBe(join(folder, 'env'));
  });
});
