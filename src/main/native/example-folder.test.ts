import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exampleFolder } from './example-folder.ts';

const EXAMPLES = join(import.meta.dirname, '../../../examples');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-example-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('is whole for everyone who asks at the same time', async () => {
  const dataDir = join(folder, 'data');
  const asked = Array.from({ length: 20 }, () => exampleFolder(EXAMPLES, dataDir));
  expect(new Set(await Promise.all(asked))).toEqual(new Set([`${dataDir}-examples/hello`]));
  const original = await readFile(join(EXAMPLES, 'hello/main.py'), 'utf8');
  expect(await readFile(`${dataDir}-examples/hello/main.py`, 'utf8')).toBe(original);
});

it('leaves what was changed there as it is', async () => {
  const code = join(await exampleFolder(EXAMPLES, join(folder, 'data')), 'main.py');
  await writeFile(code, 'print("mine")\n');
  await exampleFolder(EXAMPLES, join(folder, 'data'));
  expect(await readFile(code, 'utf8')).toBe('print("mine")\n');
});
