import { describe, expect, test } from 'vitest';
import { Findings } from '../findings.ts';
import { overrideFiles } from './override-files.ts';

const CODE: Record<string, Buffer> = {
  'conf/a.yaml': Buffer.from('# why\nlr: 1\n'),
  'a.json': Buffer.from('{"x": 1}'),
  'a.toml': Buffer.from('x = 1 # one\n'),
  'bad.json': Buffer.from('{'),
  'list.yml': Buffer.from('- 1\n'),
  'binary.json': Buffer.from([0x7b, 0xff, 0x7d]),
  'nul.json': Buffer.from('{"a":"\0"}'),
  'big.json': Buffer.from(`{"a":"${'x'.repeat(1024 * 1024)}"}`),
  'big.yaml': Buffer.from(`a: [${'1, '.repeat(22_000)}1]\n`),
  'deep.json': Buffer.from(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  'near.json': Buffer.from(`{"a":"${'x'.repeat(1024 * 1024 - 20)}"}`),
  'a.txt': Buffer.from('x'),
};

const run = async (files: Record<string, object>) => {
  const findings = new Findings();
  const asked = new Map(Object.entries(files)) as never;
  const read = (path: string, limit: number) =>
    Promise.resolve(CODE[path]?.subarray(0, limit) ?? null);
  const made = await overrideFiles(asked, read, findings);
  return { made, problems: findings.problems, notes: findings.notes };
};

test('every format, with what is around the value as it was', async () => {
  const { made, problems } = await run({
    'conf/a.yaml': { lr: 2 },
    'a.json': { x: 2 },
    'a.toml': { x: 2 },
  });
  expect(problems).toEqual([]);
  expect(made).toEqual([
    { path: 'conf/a.yaml', text: '# why\nlr: 2\n' },
    { path: 'a.json', text: '{"x": 2}' },
    { path: 'a.toml', text: 'x = 2 # one\n' },
  ]);
});

test('two spellings of one file are one file', async () => {
  const { made } = await run({ './a.json': { x: 2 }, 'conf/../a.json': { y: 3 } });
  expect(made).toEqual([{ path: 'a.json', text: '{"x": 2,"y": 3}' }]);
});

test('nothing to change is no file', async () => {
  expect((await run({ 'no.json': {} })).made).toEqual([]);
});

describe('refused', () => {
  test.each([
    ['no.json', 'is not a file of this version'],
    ['../a.json', 'is no path inside of the code'],
    ['conf/../../a.json', 'is no path inside of the code'],
    ['/etc/a.json', 'is no path inside of the code'],
    ['a\\b.json', 'is no path inside of the code'],
    ['a\0.json', 'is no path inside of the code'],
    ['', 'is no path inside of the code'],
    ['a.txt', 'is no config file that values can be written into'],
    ['constructor', 'is no config file that values can be written into'],
    ['bad.json', 'is no valid JSON at line 1'],
    ['list.yml', 'holds no mapping of named values'],
    ['binary.json', 'is no text file'],
    ['nul.json', 'is no text file'],
    ['big.json', 'is larger than 1 MB'],
    ['big.yaml', 'is larger than 64 KB'],
    ['deep.json', 'is nested too deeply'],
    ['near.json', 'would be larger than 1 MB'],
  ])('%j %s', async (path, message) => {
    const { made, problems } = await run({ [path]: { x: 'much longer than that' } });
    expect(made).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'E_OVERRIDE_FILE', next: expect.any(String) });
    expect(problems[0]?.message).toContain(message);
  });
});
