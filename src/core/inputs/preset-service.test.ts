import { expect, it } from 'vitest';
import type { InputField } from '../../shared/domain/inputs.ts';
import { EMPTY_SPEC, type LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { Run } from '../../shared/domain/run.ts';
import { testDatabase, testVersion } from '../db/testing.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import type { InputService } from './input-service.ts';
import { PresetService } from './preset-service.ts';
import { savedPresets } from './saved-presets.ts';
import { testField } from './testing.ts';

const key = (path: string, ...keys: string[]): InputField['targets'] => [
  { kind: 'file', path, key: keys },
];

const FIELDS: InputField[] = [
  testField('lr', 'number', { maximum: 1 }),
  testField('batch_size', 'integer'),
  testField('model.width', 'integer', { targets: [{ kind: 'config', path: ['model', 'width'] }] }),
  testField('data', 'object', { targets: [{ kind: 'config', path: ['data'] }] }),
  testField('fast.yaml:epochs', 'integer', { targets: key('fast.yaml', 'epochs') }),
  testField('SEED', 'integer', { targets: [] }),
];

const FILES: Record<string, string> = {
  'fast.yaml':
    'lr: 1e-3\nbatch-size: 8\nepochs: 2\nmodel:\n  width: 4\n  act: relu\ndata: {a: 1}\n',
  'bad.yaml': 'lr: 5\nmodel: {width: wide}\nSEED: 3\n',
  'plain.toml': 'lr = 0.5\nother = 3\n',
  'config.json': '{"lr": 0.1,}',
};

function made(fields: InputField[] = FIELDS) {
  const { repos } = testDatabase();
  const project = repos.projects.ensure('p', 1);
  const of = { projectId: project.id, name: 'j', folder: null };
  const { version } = repos.jobs.addVersion(of, testVersion('d'), 1);
  const files = Object.keys(FILES).map((path) => ({
    ...{ name: path.replace(/\.\w+$/, ''), kind: 'file' as const, path, keys: 1 },
  }));
  const inputs = {
    schema: async () => {
      const presets = [...savedPresets(repos.presets, version.jobId), ...files];
      return { fields, presets, notes: [] };
    },
  } as unknown as InputService;
  const snapshots = {
    readFile: async (_: string, path: string) => Buffer.from(FILES[path] ?? ''),
  } as unknown as Snapshots;
  const presets = new PresetService({ repos, snapshots, inputs, clock: { now: () => 1 } });
  return { presets, version, repos };
}

const spec = (more: Partial<LaunchSpec>): LaunchSpec => ({ ...EMPTY_SPEC, ...more });

it('takes a config file beside the code: keys of its own, of wandb.config, and names', async () => {
  const { presets, version } = made();
  expect(await presets.values(version, 'fast')).toEqual({
    spec: spec({
      values: {
        ...{ lr: 0.001, batch_size: 8, 'model.width': 4, data: { a: 1 } },
        'fast.yaml:epochs': 2,
      },
      config: { model: { act: 'relu' } },
    }),
    dropped: [],
    notes: ['fast.yaml: Line 1: 1e-3 is a number here; PyYAML reads it as text.'],
  });
});

it('tells what of a file is no value here', async () => {
  const { presets, version } = made();
  const { spec: taken, dropped } = await presets.values(version, 'bad.yaml', 'file');
  expect(taken.values).toEqual({});
  expect(taken.config).toEqual({ SEED: 3 });
  expect(dropped).toEqual([
    { name: 'lr', value: 5, why: 'It is at most 1, not 5.' },
    { name: 'model.width', value: 'wide', why: 'It takes an integer, not the text "wide".' },
  ]);
});

it('tells what nothing is known to read', async () => {
  const { presets, version } = made([testField('lr', 'number')]);
  const { spec: taken, dropped } = await presets.values(version, 'plain');
  expect(taken).toEqual(spec({ values: { lr: 0.5 } }));
  expect(dropped).toEqual([
    { name: 'other', value: 3, why: 'Nothing is known that reads it from plain.toml.' },
  ]);
});

it.each([
  ['nothing', 'There is no preset "nothing".'],
  ['config', 'The preset config.json cannot be read. Line 1, column 12: there is a comma'],
])('refuses the preset %s', async (name, says) => {
  const { presets, version } = made();
  const refused = expect.objectContaining({
    ...{ code: 'E_PRESET', message: expect.stringContaining(says) },
  }) as Error;
  await expect(presets.values(version, name)).rejects.toEqual(refused);
});

it('saves, replaces, lists and removes what a launch is given', async () => {
  const { presets, version } = made();
  const { jobId } = version;
  const first = spec({ values: { lr: 0.1 }, secrets: [{ variable: 'A', secret: 'run:A' }] });
  presets.save(jobId, 'mine', spec({ values: { lr: 0.9 } }));
  expect(presets.save(jobId, ' mine ', first)).toEqual([
    { name: 'mine', kind: 'saved', path: null, keys: 1 },
  ]);
  expect(await presets.values(version, 'mine')).toEqual({ spec: first, dropped: [], notes: [] });
  // A saved one wins, the file is there all the same.
  presets.save(jobId, 'fast', first);
  expect((await presets.values(version, 'fast')).spec.values).toEqual({ lr: 0.1 });
  expect((await presets.values(version, 'fast', 'file')).spec.values).toMatchObject({ lr: 0.001 });
  expect(presets.remove(jobId, 'mine').map(({ name }) => name)).toEqual(['fast']);
  await expect(presets.values(version, 'mine', 'saved')).rejects.toMatchObject({
    code: 'E_PRESET',
  });
});

it.each(['', '  ', 'a\nb', '\u202eevil', 'x'.repeat(129)])('refuses %j as a name', (name) => {
  const { presets, version } = made();
  const attempt = (): unknown => presets.save(version.jobId, name, EMPTY_SPEC);
  expect(attempt).toThrow(expect.objectContaining({ code: 'E_PRESET' }) as Error);
});

it('refuses to save what no launch may be given', () => {
  const { presets, version } = made();
  const values = { x: 'x'.repeat(1024 * 1024) };
  const attempt = (): unknown => presets.save(version.jobId, 'big', spec({ values }));
  expect(attempt).toThrow(expect.objectContaining({ code: 'E_JSON_LIMIT' }) as Error);
});

it('fits what was filled in for another version, telling what has no place', async () => {
  const { presets, version } = made();
  const asked = spec({
    values: { lr: 0.5, batch_size: '8', gone: [1], SEED: 3 },
    args: ['--x'],
    env: { A: 'b' },
  });
  expect(await presets.fit(asked, version)).toEqual({
    spec: { ...asked, values: { lr: 0.5 } },
    dropped: [
      { name: 'batch_size', value: '8', why: 'It takes an integer, not the text "8".' },
      { name: 'gone', value: [1], why: 'This version has no such input.' },
      { name: 'SEED', value: 3, why: 'This version has it as a constant.' },
    ],
    notes: [],
  });
});

it('takes the config of an imported run, arguments by their names', async () => {
  const { presets, version } = made();
  const config = { lr: 0.5, model: { width: 3, act: 'x' }, _wandb: {}, batch_size: 2.5, more: 1 };
  const run = { id: 'r', config } as unknown as Run;
  const { spec: taken, dropped } = await presets.fromRun(run, version);
  expect(taken.values).toEqual({ lr: 0.5, 'model.width': 3 });
  // Code may read an argument from `wandb.config`, too.
  expect(taken.config).toEqual({ lr: 0.5, model: { act: 'x' }, more: 1 });
  expect(dropped.map(({ name }) => name)).toEqual(['batch_size']);
  const without = await presets.fromRun({ ...run, config: null }, version);
  expect(without.spec).toEqual(EMPTY_SPEC);
});
