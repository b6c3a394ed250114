import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderGrants } from './folder-grants.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(realpathSync(tmpdir()), 'slipway-grants-'));
});
afterEach(() => rm(folder, { recursive: true }));

const refused = expect.objectContaining({ code: 'E_PATH_NOT_GRANTED' });

test('a folder must have been given, itself and not one around it', async () => {
  const grants = new FolderGrants();
  expect(() => grants.require(folder)).toThrow(refused);
  await grants.grantDropped(folder);
  expect(grants.require(folder)).toBe(folder);
  expect(() => grants.require(join(folder, 'inner'))).toThrow(refused);
  expect(() => grants.require(join(folder, '..'))).toThrow(refused);
});

test('what is dropped is granted as the folder that it really is, and files are not', async () => {
  const grants = new FolderGrants();
  const link = `${folder}-link`;
  await symlink(folder, link);
  expect(await grants.grantDropped(link)).toEqual({ folder });
  await rm(link);
  expect(() => grants.require(link)).toThrow(refused);
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(grants.grantDropped(file)).rejects.toMatchObject({ code: 'E_SOURCE_NOT_FOUND' });
});

test('a list may keep and lose what it has, and gain only what was given', () => {
  const grants = new FolderGrants();
  grants.grant('/given');
  const kept = ['/a', '/b'];
  grants.requireNew(['/b', '/a'], kept);
  grants.requireNew([], kept);
  grants.requireNew(['/a', '/given'], kept);
  for (const added of ['/', '/a/inner', '/a/', '/given/..']) {
    expect(() => grants.requireNew([...kept, added], kept), added).toThrow(refused);
  }
});
