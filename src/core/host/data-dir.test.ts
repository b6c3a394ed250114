import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { makeDataDir } from './data-dir.ts';

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
    expect(() => makeDataDir(file)).toThrow(expect.objectContaining({ code: 'E_DATA_DIR' }));
  });
});
