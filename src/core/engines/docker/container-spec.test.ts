import { describe, expect, it } from 'vitest';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../../shared/domain/launch-spec.ts';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import type { CreateRequest } from '../engine.ts';
import { containerSpec } from './container-spec.ts';

const REQUEST: CreateRequest = {
  attemptId: 'a1',
  runId: 'r1',
  environmentId: 'sha256:1',
  layout: 'slipway',
  code: null,
  argv: ['python', 'train.py'],
  env: { A: 'b' },
  files: [],
  secrets: [],
  run: DEFAULT_RUN_SETTINGS,
  live: null,
  settings: DEFAULT_SETTINGS,
};

interface Spec {
  Entrypoint?: string[];
  Cmd?: string[];
  Env: string[];
  User?: string;
  Labels: Record<string, string>;
  HostConfig: Record<string, unknown>;
}

const image = { env: ['PATH=/bin', 'PYTHONPATH=/opt/lib'], command: ['/entry', '--serve'] };

const specOf = (request: Partial<CreateRequest>): Spec =>
  containerSpec(
    { ...REQUEST, ...request },
    { instanceId: 'i1', driver: 'local', image },
  ) as unknown as Spec;

const hostOf = (run: Partial<RunSettings>): Record<string, unknown> =>
  specOf({ run: { ...DEFAULT_RUN_SETTINGS, ...run } }).HostConfig;

const secrets = [{ variable: 'TOKEN', value: 'hunter2-hunter2' }];

describe('containerSpec', () => {
  it('has the least rights when nothing is asked for', () => {
    expect(hostOf({})).toEqual({
      SecurityOpt: ['no-new-privileges'],
      CapDrop: ['ALL'],
      CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETUID', 'SETGID'],
      Privileged: false,
      IpcMode: 'private',
      Init: true,
      PidsLimit: 1024,
      LogConfig: expect.objectContaining({ Type: 'local' }) as unknown,
      Mounts: [],
    });
  });

  it.each<[Partial<RunSettings>, Record<string, unknown>]>([
    [{ cpus: 1.5 }, { NanoCpus: 1_500_000_000 }],
    [{ cpus: 0.1 }, { NanoCpus: 100_000_000 }],
    [{ memoryBytes: 2 ** 30 }, { Memory: 2 ** 30, MemorySwap: 2 ** 30 }],
    [{ shmBytes: 2 ** 20 }, { ShmSize: 2 ** 20, IpcMode: 'private' }],
    [{ pids: 7 }, { PidsLimit: 7 }],
    [{ gpus: 'all' }, { DeviceRequests: [{ Driver: '', Count: -1, Capabilities: [['gpu']] }] }],
    [{ gpus: 2 }, { DeviceRequests: [{ Driver: '', Count: 2, Capabilities: [['gpu']] }] }],
    [{ network: false }, { NetworkMode: 'none' }],
    [
      { mounts: [{ source: '/data', target: '/in', readOnly: true }] },
      { Mounts: [{ Type: 'bind', Source: '/data', Target: '/in', ReadOnly: true }] },
    ],
  ])('says %j in the words of the engine', (run, host) => {
    expect(hostOf(run)).toMatchObject(host);
  });

  it('has no network when that is asked for, whatever the settings say', () => {
    const settings = { ...DEFAULT_SETTINGS, dockerNetwork: 'host' };
    const run = { ...DEFAULT_RUN_SETTINGS, network: false };
    expect(specOf({ settings, run }).HostConfig).toMatchObject({ NetworkMode: 'none' });
    expect(specOf({ settings }).HostConfig).toMatchObject({ NetworkMode: 'host' });
  });

  it('keeps its own labels', () => {
    const labels = { team: 'a', 'dev.slipway.attempt': 'x', 'dev.slipway.job': 'y' };
    expect(specOf({ run: { ...DEFAULT_RUN_SETTINGS, labels } }).Labels).toEqual({
      team: 'a',
      'dev.slipway.app': '1',
      'dev.slipway.instance': 'i1',
      'dev.slipway.attempt': 'a1',
    });
  });

  it.each(['slipway', 'image'] as const)('starts the program of a %s layout', (layout) => {
    const { Entrypoint = [], Cmd = [] } = specOf({ layout });
    expect([...Entrypoint, ...Cmd]).toEqual(['python', 'train.py']);
    expect(specOf({ layout })).toMatchObject({ StopSignal: 'SIGINT' });
  });

  it('leaves the start to the image when nothing else is said', () => {
    const spec = specOf({ layout: 'image', argv: [] });
    expect(spec).not.toHaveProperty('Entrypoint');
    expect(spec).not.toHaveProperty('Cmd');
    expect(spec).not.toHaveProperty('User');
  });

  it.each([
    ['slipway', ['python', 'train.py'], ['python', 'train.py']],
    ['image', ['python', 'train.py'], ['python', 'train.py']],
    ['image', [], ['/entry', '--serve']],
  ] as const)(
    'starts a %s layout told %j through the script that knows the secrets',
    (layout, argv, words) => {
      const spec = specOf({ layout, argv: [...argv], secrets });
      expect([...(spec.Entrypoint ?? []), ...(spec.Cmd ?? [])]).toEqual([
        '/bin/sh',
        '/run/slipway/start',
        '/run/slipway/secrets',
        ...words,
      ]);
      expect(JSON.stringify(spec)).not.toContain('hunter2');
      expect(JSON.stringify(spec)).not.toContain('TOKEN');
    },
  );

  it.each([
    [{}, '/run/slipway/live/python:/opt/lib'],
    [{ PYTHONPATH: '/mine' }, '/run/slipway/live/python:/mine'],
    [{ PYTHONPATH: '' }, '/run/slipway/live/python'],
  ])('puts the live module before the path of the image or the run: %j', (env, path) => {
    const { Env, HostConfig } = specOf({ env, live: '/host/live' });
    expect(Env.filter((line) => line.startsWith('PYTHONPATH='))).toEqual([`PYTHONPATH=${path}`]);
    expect(Env).toContain('SLIPWAY_LIVE=/run/slipway/live');
    expect(HostConfig['Mounts']).toEqual([
      { Type: 'bind', Source: '/host/live', Target: '/run/slipway/live', ReadOnly: false },
    ]);
  });

  it.each(['slipway', 'image'] as const)('runs a %s layout as the user that is named', (layout) => {
    const run = { ...DEFAULT_RUN_SETTINGS, user: '7:8' };
    expect(specOf({ layout, run }).User).toBe('7:8');
  });
});
