import { describe, expect, test } from 'vitest';
import type { Json, JsonValues } from '../../shared/domain/json.ts';
import { specFromLaunchConfig } from './launch-config.ts';
import { settingsFromResourceArgs } from './resource-args.ts';

test.each<[Json, number | null]>([
  ['4g', 4 * 2 ** 30],
  [4096, 4096],
  ['0', 0],
  ['4x', null],
  [0.5, null],
  [-1, null],
  [['4g'], null],
])('a memory of %j is %j bytes', (memory, bytes) => {
  const { settings, problems } = settingsFromResourceArgs({ memory });
  expect(settings.memoryBytes ?? null).toBe(bytes);
  expect(problems).toHaveLength(bytes === null ? 1 : 0);
});

describe('resource arguments', () => {
  test('flags of docker become settings', () => {
    const made = settingsFromResourceArgs({
      'local-container': {
        cpus: '1.5',
        memory: '4g',
        'shm-size': '1g',
        'pids-limit': 100,
        gpus: 'all',
        env: ['A=1', 'B=a=b'],
        e: 'C=',
        volume: ['/data:/in:ro', '/out:/out'],
        network: 'none',
        u: 1000,
        label: ['team=vision'],
        rm: true,
        privileged: false,
      },
    });
    expect(made.problems).toEqual([]);
    expect(made.env).toEqual({ A: '1', B: 'a=b', C: '' });
    expect(made.settings).toEqual({
      cpus: 1.5,
      memoryBytes: 4 * 2 ** 30,
      shmBytes: 2 ** 30,
      pids: 100,
      gpus: 'all',
      mounts: [
        { source: '/data', target: '/in', readOnly: true },
        { source: '/out', target: '/out', readOnly: false },
      ],
      network: false,
      user: '1000',
      labels: { team: 'vision' },
    });
    expect(made.notes).toHaveLength(1);
  });

  test.each<[JsonValues, object]>([
    [{ memory: '1g' }, { memoryBytes: 2 ** 30 }],
    [{ m: '1g' }, { memoryBytes: 2 ** 30 }],
    [{ shm_size: '1g' }, { shmBytes: 2 ** 30 }],
    [{ '--Memory': '1g' }, { memoryBytes: 2 ** 30 }],
    [{ 'cpu-quota': 50_000 }, { cpus: 0.5 }],
    [{ 'cpu-quota': '150000', 'cpu-period': 50_000 }, { cpus: 3 }],
    [{ gpus: 2 }, { gpus: 2 }],
    [{ 'local-process': { env: { A: 1 } } }, {}],
  ])('%j', (args, settings) => {
    expect(settingsFromResourceArgs(args)).toMatchObject({ settings, problems: [] });
  });

  test.each<[JsonValues, string, string, string]>([
    [{ privileged: true }, 'E_RESOURCES', 'resource_args.privileged', 'the whole machine'],
    [
      { 'local-container': { ulimit: ['nofile=1'] } },
      'E_RESOURCES',
      'resource_args.local-container.ulimit',
      '"ulimit" is not supported',
    ],
    [
      { platform: 'linux/arm64' },
      'E_RESOURCES',
      'resource_args.platform',
      '"platform" is not supported',
    ],
    [{ constructor: 'x' }, 'E_RESOURCES', 'resource_args.constructor', 'not supported'],
    [{ env: ['HOME'] }, 'E_ENV_VALUE', 'resource_args.env', 'are not passed on'],
    [{ env: 5 }, 'E_RESOURCES', 'resource_args.env', 'takes variables'],
    [{ volume: 'named:/data' }, 'E_MOUNT', 'resource_args.volume', 'takes folders'],
    [{ volume: ['/a:/b:z'] }, 'E_MOUNT', 'resource_args.volume', 'takes folders'],
    [{ network: 'host' }, 'E_RESOURCES', 'resource_args.network', '"none" or "bridge"'],
    [{ gpus: 'device=0' }, 'E_RESOURCES', 'resource_args.gpus', 'a number of GPUs'],
    [{ cpus: 'many' }, 'E_RESOURCES', 'resource_args.cpus', 'takes a number'],
    [{ memory: 'lots' }, 'E_RESOURCES', 'resource_args.memory', 'takes a size'],
    [{ kubernetes: {} }, 'E_RESOURCES', 'resource_args.kubernetes', 'not for this machine'],
    [
      { 'local-container': 5 },
      'E_RESOURCES',
      'resource_args.local-container',
      'no set of resources',
    ],
  ])('%j is refused', (args, code, path, message) => {
    const { problems } = settingsFromResourceArgs(args);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code, path });
    expect(problems[0]?.message).toContain(message);
  });
});

describe('a launch spec of W&B', () => {
  test('all that is kept to', () => {
    const made = specFromLaunchConfig({
      overrides: {
        args: ['--lr', 0.1],
        run_config: { a: { b: 1 } },
        entry_point: ['python', 'x.py'],
        files: { 'conf/a.yaml': { x: 1 } },
        dockerfile: 'Dockerfile.x',
        artifacts: {},
        working_dir: null,
      },
      resource_args: { 'local-container': { cpus: 2, env: ['A=1'] } },
      name: 'n',
      project: 'p',
      entity: 'e',
      resource: 'local-container',
      run_id: 'abc',
      docker: { docker_image: 'busybox:1' },
      job: 'e/p/j:v1',
      template_variables: { memory: '4g', cpus: 2 },
      queue: 'q',
      priority: 1,
    });
    expect(made).toMatchObject({
      entryPoint: ['python', 'x.py'],
      args: ['--lr', '0.1'],
      config: { a: { b: 1 } },
      files: { 'conf/a.yaml': { x: 1 } },
      dockerfile: 'Dockerfile.x',
      dockerImage: 'busybox:1',
      job: 'e/p/j:v1',
      uri: null,
      name: 'n',
      project: 'p',
      entity: 'e',
      engine: 'docker',
      queue: 'q',
      priority: 'high',
      variables: { memory: '4g', cpus: 2 },
      env: { A: '1' },
      settings: { cpus: 2 },
      notes: ['"run_id" is not used on this machine.'],
      problems: [],
    });
  });

  test('an entry point as one text is split like a command', () => {
    const made = specFromLaunchConfig({ overrides: { entry_point: 'python "a b.py" $HOME' } });
    expect(made.entryPoint).toEqual(['python', 'a b.py', '$HOME']);
  });

  test.each<[JsonValues, string, string]>([
    [{ override: {}, x: 1 }, 'E_PARAM_UNKNOWN', 'x'],
    [{ overrides: { arg: ['a'] } }, 'E_PARAM_UNKNOWN', 'overrides.arg'],
    [{ overrides: { args: '--lr 1' } }, 'E_PARAM_VALUE', 'overrides.args'],
    [{ overrides: { args: [true] } }, 'E_PARAM_VALUE', 'overrides.args'],
    [{ overrides: { run_config: [1] } }, 'E_PARAM_VALUE', 'overrides.run_config'],
    [{ overrides: { files: { 'a.yaml': 1 } } }, 'E_PARAM_VALUE', 'overrides.files.a.yaml'],
    [{ overrides: { artifacts: { a: 'b' } } }, 'E_PARAM_VALUE', 'overrides.artifacts'],
    [{ overrides: { working_dir: '/x' } }, 'E_PARAM_VALUE', 'overrides.working_dir'],
    [{ overrides: { entry_point: 'python "x' } }, 'E_ENTRYPOINT_PARSE', 'overrides.entry_point'],
    [{ overrides: { entry_point: ['python', 3] } }, 'E_ENTRYPOINT', 'overrides.entry_point'],
    [{ overrides: { entry_point: 3 } }, 'E_ENTRYPOINT', 'overrides.entry_point'],
    [{ overrides: 5 }, 'E_PARAM_VALUE', 'overrides'],
    [{ resource: 'kubernetes' }, 'E_PARAM_VALUE', 'resource'],
    [{ docker: { image: 'x' } }, 'E_PARAM_UNKNOWN', 'docker.image'],
    [{ name: 5 }, 'E_PARAM_VALUE', 'name'],
    [{ template_variables: ['a'] }, 'E_PARAM_VALUE', 'template_variables'],
    [{ template_variables: { a: [1] } }, 'E_PARAM_VALUE', 'template_variables.a'],
    [{ priority: 4 }, 'E_PARAM_VALUE', 'priority'],
    [{ priority: 'urgent' }, 'E_PARAM_VALUE', 'priority'],
    [{ queue: 1 }, 'E_PARAM_VALUE', 'queue'],
    [{ resource_args: { privileged: true } }, 'E_RESOURCES', 'resource_args.privileged'],
  ])('%j is refused', (spec, code, path) => {
    const { problems } = specFromLaunchConfig(spec);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code,
      path,
      message: expect.stringMatching(/\.$/),
    });
  });
});
