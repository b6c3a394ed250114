import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from './db/testing.ts';
import { openRegular, readSmallText } from './regular-file.ts';

it('is the text of a plain file that is small enough', async () => {
  const file = join(testFolder(), 'file');
  writeFileSync(file, 'grün\n');
  expect(await readSmallText(file, 6)).toBe('grün\n');
  expect(await readSmallText(file, 5)).toBeNull();
});

it.each<[string, (path: string, folder: string) => void]>([
  ['nothing', () => undefined],
  ['a folder', (path) => mkdirSync(path)],
  [
    'a link to a file',
    (path, folder) => {
      writeFileSync(join(folder, 'target'), 'secret');
      symlinkSync('target', path);
    },
  ],
  ['a pipe that nobody writes', (path) => execFileSync('mkfifo', [path])],
])('is null for %s', async (what, make) => {
  const folder = testFolder();
  const path = join(folder, 'file');
  make(path, folder);
  expect(await readSmallText(path, 100)).toBeNull();
  const opening = openRegular(path);
  if (what === 'nothing') expect(await opening).toBeNull();
  else await expect(opening).rejects.toThrow();
});
