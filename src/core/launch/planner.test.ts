import { describe, expect, test } from 'vitest';
import {
  DEFAULT_RUN_SETTINGS,
  type LaunchSpec,
  type RunSettings,
} from '../../shared/domain/launch-spec.ts';
import { AppError } from '../../shared/errors.ts';
import { argument, field, target } from './testing/fields.ts';
import { IMAGE, planOf, VERSION } from './testing/plan.ts';

const lr = argument('lr', 'space', { field: { type: 'number' } });
const data = argument('data', 'space', { field: { type: 'string', required: true } });

describe('values reach their targets', () => {
  test('each of them', async () => {
    const all = field(
      'lr',
      [
        target('--lr', 'space'),
        { kind: 'config', path: ['optim', 'lr'] },
        { kind: 'environment', variable: 'LR' },
        { kind: 'file', path: 'conf/a.yaml', key: ['lr'] },
      ],
      { type: 'number' },
    );
    const plan = await planOf({
      fields: [all],
      files: { 'conf/a.yaml': 'lr: 1 # rate\n' },
      spec: { values: { lr: 0.5 }, config: { optim: { name: 'adam' } }, env: { A: '1' } },
    });
    expect(plan.problems).toEqual([]);
    expect(plan.delivery).toEqual({
      argv: ['python', 'train.py', '--lr', '0.5'],
      env: { LR: '0.5', A: '1' },
      secrets: [],
      files: [{ path: 'conf/a.yaml', text: 'lr: 0.5 # rate\n' }],
      config: { optim: { name: 'adam', lr: 0.5 } },
    });
  });

  test('the config of W&B says of an input what is sent, however old its copy there is', async () => {
    const dashed = argument('batch-size', 'space', { field: { type: 'integer' } });
    const plan = await planOf({
      fields: [lr, dashed, data],
      spec: {
        values: { lr: 0.5, 'batch-size': 8, data: 'd' },
        config: { lr: 0.1, batch_size: 4, other: 1 },
      },
    });
    expect(plan.delivery.config).toEqual({ lr: 0.5, batch_size: 8, other: 1 });
    expect(plan.notes).toContainEqual(expect.stringContaining('takes the value of the input "lr"'));
  });

  test('what is not set is left to the code', async () => {
    const { delivery, problems } = await planOf({ fields: [lr] });
    expect(delivery).toEqual({
      argv: ['python', 'train.py'],
      env: {},
      secrets: [],
      files: [],
      config: {},
    });
    expect(problems).toEqual([]);
  });

  test('files are read from the folder of the code', async () => {
    const version = { ...VERSION, build: { ...VERSION.build, context: 'jobs/a' } };
    const inFile = field('lr', [{ kind: 'file', path: 'jobs/a/c.json', key: ['lr'] }], {
      type: 'number',
    });
    const { delivery, problems } = await planOf({
      fields: [inFile],
      files: { 'jobs/a/c.json': '{"lr": 1}' },
      spec: { values: { lr: 2 }, files: { 'c.json': { b: 3 } } },
      request: { version },
    });
    expect(problems).toEqual([]);
    expect(delivery.files).toEqual([{ path: 'c.json', text: '{"lr": 2,"b": 3}' }]);
  });

  test('an image has no files', async () => {
    const { problems } = await planOf({
      spec: { files: { 'a.json': { x: 1 } } },
      request: { version: IMAGE },
    });
    expect(problems).toMatchObject([{ code: 'E_OVERRIDE_FILE', path: 'files.a.json' }]);
  });

  test('arguments go behind what an image starts by itself', async () => {
    const asked = { request: { version: IMAGE, entryPoint: [] } };
    expect((await planOf(asked)).delivery.argv).toEqual([]);
    const { delivery } = await planOf({ ...asked, spec: { args: ['--x'] } });
    expect(delivery.argv).toEqual(['run-me', 'now', '--x']);
  });

  test('a variable given outright wins over an input, with a note', async () => {
    const plan = await planOf({
      fields: [field('lr', [{ kind: 'environment', variable: 'LR' }])],
      spec: { values: { lr: 1 }, env: { LR: '2' } },
    });
    expect(plan.delivery.env).toEqual({ LR: '2' });
    expect(plan.notes.join()).toContain('LR is given as a variable');
  });
});

describe('secrets', () => {
  const token = field('token', [{ kind: 'secret', variable: 'HF_TOKEN' }], { secret: true });

  test('of an input and given outright, by names of the store', async () => {
    const plan = await planOf({
      fields: [token],
      spec: { values: { token: 'HF_TOKEN' }, secrets: [{ variable: 'B', secret: 'HF_TOKEN' }] },
    });
    expect(plan.problems).toEqual([]);
    expect(plan.delivery.secrets).toEqual([
      { variable: 'HF_TOKEN', secret: 'run:HF_TOKEN' },
      { variable: 'B', secret: 'run:HF_TOKEN' },
    ]);
    expect(plan.delivery.env).toEqual({});
  });

  test('an argument would show it: refused, and not in the command', async () => {
    const open = argument('key', 'space', { field: { secret: true } });
    const plan = await planOf({ fields: [open], spec: { values: { key: 'HF_TOKEN' } } });
    expect(plan.problems).toMatchObject([{ code: 'E_PARAM_VALUE', path: 'values.key' }]);
    expect(plan.delivery.argv).toEqual(['python', 'train.py']);
  });
});

describe('what has to be given', () => {
  const missing = [{ code: 'E_PARAM_REQUIRED', path: 'values.data' }];
  const positional = argument('data', 'positional', { field: { required: true } });
  const variable = field('data', [{ kind: 'environment', variable: 'DATA' }], { required: true });
  const fromSchema = { kind: 'schema' as const, text: 'the schema', evidence: null };
  const saidVariable = { ...variable, origins: [fromSchema] };
  const inConfig = field('data', [{ kind: 'config', path: ['data'] }], { required: true });

  test('is a problem when it is not', async () => {
    for (const each of [data, positional, saidVariable, inConfig]) {
      expect((await planOf({ fields: [each] })).problems).toMatchObject(missing);
    }
  });

  test.each([
    ['an argument of the entry point', data, ['python', 'train.py', '--data', 'x'], {}],
    ['with =', data, ['python', 'train.py', '--data=x'], {}],
    ['perhaps by a name that is not known', data, ['python', 'train.py', '-d', 'x'], {}],
    ['a place of the entry point', positional, ['python', 'train.py', 'x'], {}],
    ['words of the launch', data, ['python', 'train.py'], { args: ['--data', 'x'] }],
    ['a variable', saidVariable, ['python', 'train.py'], { env: { DATA: 'x' } }],
    [
      'a secret',
      saidVariable,
      ['python', 'train.py'],
      { secrets: [{ variable: 'DATA', secret: 'HF_TOKEN' }] },
    ],
    ['a key of the config', inConfig, ['python', 'train.py'], { config: { data: 'x' } }],
  ])('is not asked for again when it is %s', async (_name, asked, entryPoint, spec) => {
    expect((await planOf({ fields: [asked], spec, request: { entryPoint } })).problems).toEqual([]);
  });

  test('is only told of a variable that is known from the code alone', async () => {
    const plan = await planOf({ fields: [variable] });
    expect(plan.problems).toEqual([]);
    expect(plan.notes.join()).toContain('"data" is not given');
  });
});

const settings = (more: Partial<RunSettings>): Partial<LaunchSpec> => ({
  settings: { ...DEFAULT_RUN_SETTINGS, ...more },
});

describe('bad input is one problem with a code and a path, and nothing is thrown', () => {
  const secret = { variable: 'HF_TOKEN', secret: 'HF_TOKEN' };
  const long = 'x'.repeat(130 * 1024);
  test.each<[string, Partial<LaunchSpec>, string, string]>([
    ['V1 a blank in a name', { env: { 'A B': '1' } }, 'E_ENV_KEY', 'env.A B'],
    ['V1 a digit first', { env: { '1A': '1' } }, 'E_ENV_KEY', 'env.1A'],
    ['V1 no name', { env: { '': '1' } }, 'E_ENV_KEY', 'env.'],
    ['V1 an equals sign', { env: { 'A=B': '1' } }, 'E_ENV_KEY', 'env.A=B'],
    ['V1 a line break', { env: { 'A\nRUN x': '1' } }, 'E_ENV_KEY', 'env.A\nRUN x'],
    ['V1 twice', { env: { HF_TOKEN: '1' }, secrets: [secret] }, 'E_ENV_KEY', 'secrets.HF_TOKEN'],
    ['V1 two secrets', { secrets: [secret, secret] }, 'E_ENV_KEY', 'secrets.HF_TOKEN'],
    ['a name of our own', { env: { SLIPWAY_LIVE: '/' } }, 'E_ENV_KEY', 'env.SLIPWAY_LIVE'],
    ['V2 a NUL', { env: { A: 'a\0b' } }, 'E_ENV_VALUE', 'env.A'],
    ['V2 no UTF-8', { env: { A: '\uD800' } }, 'E_ENV_VALUE', 'env.A'],
    ['V2 too long', { env: { A: 'x'.repeat(1024 * 1024) } }, 'E_ENV_VALUE', 'env.A'],
    [
      'V2 too much in all',
      {
        env: Object.fromEntries(
          Array.from({ length: 20 }, (_, at) => [`A${at}`, 'x'.repeat(100 * 1024)]),
        ),
      },
      'E_ENV_VALUE',
      'env',
    ],
    [
      'V5 a secret that is not kept',
      { secrets: [{ variable: 'A', secret: 'HF_TOKE' }] },
      'E_SECRET_MISSING',
      'secrets.A',
    ],
    [
      'V5 a secret of another kind',
      { secrets: [{ variable: 'A', secret: 'registry:docker.io' }] },
      'E_SECRET_MISSING',
      'secrets.A',
    ],
    ['E5 a long word', { args: [long] }, 'E_ARGS_TOO_LONG', 'args'],
    [
      'E5 many words',
      { args: Array.from({ length: 210 }, () => 'x'.repeat(1024)) },
      'E_ARGS_TOO_LONG',
      'args',
    ],
    ['E5 a long value', { values: { lr: 1, name: long } }, 'E_ARGS_TOO_LONG', 'args'],
    ['E2 a NUL in a word', { args: ['a\0b'] }, 'E_PARAM_VALUE', 'args'],
    ['C5 text for a number', { values: { lr: '0.1' } }, 'E_PARAM_TYPE', 'values.lr'],
    ['an unknown input', { values: { lrr: 1 } }, 'E_PARAM_UNKNOWN', 'values.lrr'],
    [
      'C4 too deep',
      { config: { a: JSON.parse('['.repeat(70) + ']'.repeat(70)) as never } },
      'E_JSON_LIMIT',
      'values',
    ],
    [
      'a file that is not there',
      { files: { 'no.json': { a: 1 } } },
      'E_OVERRIDE_FILE',
      'files.no.json',
    ],
    ['no processors', settings({ cpus: 0 }), 'E_RESOURCES', 'settings.cpus'],
    [
      'endless processors',
      settings({ cpus: Number.POSITIVE_INFINITY }),
      'E_RESOURCES',
      'settings.cpus',
    ],
    [
      'too little memory',
      settings({ memoryBytes: 6 * 2 ** 20 - 1 }),
      'E_RESOURCES',
      'settings.memoryBytes',
    ],
    ['part of a byte', settings({ memoryBytes: 1e8 + 0.5 }), 'E_RESOURCES', 'settings.memoryBytes'],
    ['no shared memory', settings({ shmBytes: 0 }), 'E_RESOURCES', 'settings.shmBytes'],
    ['no processes', settings({ pids: 0 }), 'E_RESOURCES', 'settings.pids'],
    ['no GPUs', settings({ gpus: 0 }), 'E_RESOURCES', 'settings.gpus'],
    ['no time', settings({ timeLimitSeconds: 0 }), 'E_RESOURCES', 'settings.timeLimitSeconds'],
    ['a user that is none', settings({ user: 'a b' }), 'E_RESOURCES', 'settings.user'],
    [
      'a label that is none',
      settings({ labels: { 'a b': '1' } }),
      'E_RESOURCES',
      'settings.labels.a b',
    ],
    [
      'a label of our own',
      settings({ labels: { 'dev.slipway.app': '1' } }),
      'E_RESOURCES',
      'settings.labels.dev.slipway.app',
    ],
    [
      'a long label',
      settings({ labels: { a: 'x'.repeat(5000) } }),
      'E_RESOURCES',
      'settings.labels.a',
    ],
    [
      'an output outside',
      settings({ outputs: ['a/../../b'] }),
      'E_RESOURCES',
      'settings.outputs.0',
    ],
    ['all as output', settings({ outputs: ['/'] }), 'E_RESOURCES', 'settings.outputs.0'],
    ['no output', settings({ outputs: [' '] }), 'E_RESOURCES', 'settings.outputs.0'],
    [
      'a pattern without a name',
      settings({ metricPatterns: ['loss'] }),
      'E_PARAM_VALUE',
      'settings.metricPatterns.0',
    ],
    [
      'a retry after nothing',
      settings({ retry: { on: [], times: 1, waitSeconds: 0 } }),
      'E_RESOURCES',
      'settings.retry.on',
    ],
    [
      'too many retries',
      settings({ retry: { on: ['failed'], times: 101, waitSeconds: 0 } }),
      'E_RESOURCES',
      'settings.retry.times',
    ],
    [
      'half a retry',
      settings({ retry: { on: ['failed'], times: 1.5, waitSeconds: 0 } }),
      'E_RESOURCES',
      'settings.retry.times',
    ],
    [
      'a retry after two days',
      settings({ retry: { on: ['failed'], times: 1, waitSeconds: 2 * 86_400 } }),
      'E_RESOURCES',
      'settings.retry.waitSeconds',
    ],
    [
      'a mount of nothing',
      settings({ mounts: [{ source: '/nowhere-there', target: '/x', readOnly: true }] }),
      'E_MOUNT',
      'settings.mounts.0',
    ],
  ])('%s', async (_name, spec, code, path) => {
    const name = argument('name', 'space', { field: { type: 'string' } });
    const plan = await planOf({ fields: [lr, name], spec });
    expect(plan.problems).toHaveLength(1);
    expect(plan.problems[0]).toMatchObject({ code, path, message: expect.stringMatching(/\.$/) });
  });

  test('all of them are told at once', async () => {
    const { problems } = await planOf({
      fields: [lr],
      spec: { values: { lr: 'x' }, env: { 'A B': '' }, ...settings({ cpus: -1 }) },
    });
    expect(problems.map(({ code }) => code)).toEqual(['E_PARAM_TYPE', 'E_ENV_KEY', 'E_RESOURCES']);
  });
});

describe('what is passed on as it stands', () => {
  test('V2 values of variables', async () => {
    const env = { A: 'a\nb', B: '"\'`$X ${Y} $(id);', C: '', D: 'x'.repeat(127 * 1024), E: '漢😀' };
    const { delivery, problems } = await planOf({ spec: { env } });
    expect(delivery.env).toEqual(env);
    expect(problems).toEqual([]);
  });

  test('E1 what a shell would read, with a hint', async () => {
    const entryPoint = ['python', 'x.py;', 'rm', '-rf', '/', '$(id)', '`id`'];
    const { delivery, notes, problems } = await planOf({ request: { entryPoint } });
    expect(delivery.argv).toEqual(entryPoint);
    expect(problems).toEqual([]);
    expect(notes.join()).toContain('do not go through a shell');
  });

  test.each(['LD_PRELOAD', 'PATH', 'PYTHONPATH'])('V3 %s, with a note', async (name) => {
    const { delivery, notes, problems } = await planOf({ spec: { env: { [name]: '/x' } } });
    expect(delivery.env).toEqual({ [name]: '/x' });
    expect(problems).toEqual([]);
    expect(notes.join()).toContain(name);
  });

  test.each([
    ['API_KEY', 'abc-secret-value'],
    ['MY_TOKEN', 'abc-secret-value'],
    ['X', 'hf_abcdefghijklmnopqrstuv'],
    ['X', 'sk-abcdefghijklmnopqrstuv'],
    ['X', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'],
  ])('V4 %s=%s, with the advice to keep it as a secret', async (name, value) => {
    const { notes, problems } = await planOf({ spec: { env: { [name]: value } } });
    expect(problems).toEqual([]);
    expect(notes.join()).toContain('keep it as a secret');
    expect(notes.join()).not.toContain(value);
  });

  test('macros are said to be replaced, and nothing else is', async () => {
    const { notes } = await planOf({ spec: { env: { A: 'x-${run_id}', B: '${HOME}' } } });
    expect(notes).toEqual(['Macros in A are replaced when the run starts.']);
  });

  test('plain values are not taken for secrets', async () => {
    const { notes } = await planOf({
      spec: { env: { MODE: 'fast', KEYBOARD: 'us', TOKENS: '5' } },
    });
    expect(notes).toEqual([]);
  });

  test('5,000 keys and 64 levels', async () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at]));
    expect((await planOf({ spec: { config: wide } })).problems).toEqual([]);
    const deep = JSON.parse(`${'{"a":'.repeat(63)}{}${'}'.repeat(63)}`) as LaunchSpec['config'];
    expect((await planOf({ spec: { config: deep } })).problems).toEqual([]);
  });
});

describe('the engine', () => {
  test('is asked for what it can do, the usual one when none is named', async () => {
    const problem = { code: 'E_RESOURCES', path: 'settings.gpus', message: 'No GPU.', next: null };
    const parts = {
      checkRun: (engine: string) => Promise.resolve(engine === 'docker' ? [problem] : []),
    };
    expect(await planOf({ parts })).toMatchObject({ engine: 'docker', problems: [problem] });
    const request = { engine: 'process' as const };
    expect(await planOf({ parts, request })).toMatchObject({ engine: 'process', problems: [] });
  });

  test('that does not answer is a problem; a cancellation is none', async () => {
    const failing = (code: 'E_ENGINE_NONE' | 'E_CANCELLED') => ({
      checkRun: () => Promise.reject(new AppError(code, 'No engine.')),
    });
    const plan = await planOf({ parts: failing('E_ENGINE_NONE') });
    expect(plan.problems).toMatchObject([{ code: 'E_ENGINE_NONE', path: 'engine' }]);
    await expect(planOf({ parts: failing('E_CANCELLED') })).rejects.toThrow('No engine.');
  });
});

describe('in words', () => {
  test('what it runs in', async () => {
    const build = { ...VERSION.build, context: 'jobs/a', dockerfile: 'Dockerfile.x' };
    const environment = {
      ...VERSION.environment,
      dependencies: { kind: 'requirements' as const, path: 'requirements.txt' },
    };
    const text = async (version: typeof VERSION, engine: 'docker' | 'process' = 'docker') =>
      (await planOf({ request: { version, engine } })).environment;
    expect(await text(IMAGE)).toBe('busybox:1');
    expect(await text({ ...VERSION, build })).toBe('an image built from jobs/a/Dockerfile.x');
    expect(await text({ ...VERSION, environment })).toBe(
      'an image built on python:3.11-slim with the packages of requirements.txt',
    );
    expect(await text(VERSION, 'process')).toBe(
      'a virtual environment with Python and no packages installed',
    );
  });

  test('settings', async () => {
    const { settings: lines } = await planOf({
      spec: settings({
        cpus: 1.5,
        memoryBytes: 4 * 2 ** 30,
        network: false,
        timeLimitSeconds: 5400,
        retry: { on: ['failed'], times: 2, waitSeconds: 30 },
      }),
    });
    expect(lines).toEqual([
      { label: 'CPUs', text: '1.5' },
      { label: 'Memory', text: '4 GiB' },
      { label: 'Network', text: 'off: the program reaches nothing but itself' },
      { label: 'Time limit', text: '1 h 30 min' },
      { label: 'Retry', text: 'when it failed, up to 2 times, 30 s after each' },
    ]);
  });
});
