import { describe, expect, it } from 'vitest';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../../shared/domain/launch-spec.ts';
import { machineProblems, mountProblems } from './check-run.ts';
import { machineFacts, type MachineFacts } from './machine-facts.ts';

const GIB = 2 ** 30;
const MACHINE: MachineFacts = {
  ...{ operatingSystem: 'Debian', cores: 4, memoryBytes: 24 * GIB, gpus: false },
  ...{ limitsCpus: true, limitsMemory: true, outlived: false },
};

const problems = (run: Partial<RunSettings>, machine = {}) =>
  machineProblems({ ...DEFAULT_RUN_SETTINGS, ...run }, { ...MACHINE, ...machine });

describe('what the machine can give', () => {
  it.each<Partial<RunSettings>>([
    {},
    { cpus: 4, memoryBytes: 24 * GIB },
    { cpus: 0.01, memoryBytes: 6 * 2 ** 20 },
  ])('takes %j', (run) => {
    expect(problems(run)).toEqual([]);
  });

  it.each<[Partial<RunSettings>, string, string]>([
    [
      { memoryBytes: 64 * GIB },
      'settings.memoryBytes',
      'asks for 64 GiB of memory, and the machine of the engine has 24 GiB',
    ],
    [{ memoryBytes: 1.5 * 2 ** 20 }, 'settings.memoryBytes', 'at least 6 MiB'],
    [
      { cpus: 5 },
      'settings.cpus',
      'asks for 5 processor cores, and the machine of the engine has 4',
    ],
    [{ cpus: 0 }, 'settings.cpus', 'at least 0.01'],
    [{ gpus: 'all' }, 'settings.gpus', 'does not give them'],
    [{ gpus: 1 }, 'settings.gpus', 'does not give them'],
  ])('refuses %j', (run, path, words) => {
    expect(problems(run)).toEqual([
      {
        ...{ code: 'E_RESOURCES', path },
        message: expect.stringContaining(words) as string,
        next: expect.any(String) as string,
      },
    ]);
  });

  it('refuses limits that the engine would not keep', () => {
    const rootless = { limitsCpus: false, limitsMemory: false };
    expect(problems({}, rootless)).toEqual([]);
    expect(problems({ cpus: 1, memoryBytes: GIB }, rootless)).toMatchObject([
      { path: 'settings.cpus', message: expect.stringContaining('cannot limit') as string },
      { path: 'settings.memoryBytes' },
    ]);
    expect(machineFacts({ MemoryLimit: false, CpuCfsQuota: true })).toMatchObject({
      ...{ limitsCpus: true, limitsMemory: false, outlived: false },
    });
  });

  it('lets through what it cannot know', () => {
    const unknown = { cores: null, memoryBytes: null, gpus: true };
    expect(problems({ cpus: 500, memoryBytes: 2 ** 50, gpus: 8 }, unknown)).toEqual([]);
  });

  it.each([
    [{}, false],
    [{ Runtimes: { runc: {} }, DiscoveredDevices: null }, false],
    [{ Runtimes: { runc: {}, nvidia: {} } }, true],
    [{ DiscoveredDevices: [{ ID: 'nvidia.com/gpu=0' }] }, true],
    [{ DiscoveredDevices: [{ ID: 'docker.com/x=0' }, {}] }, false],
  ])('reads from %j whether there are GPUs', (info, gpus) => {
    expect(machineFacts(info)).toMatchObject({ gpus });
  });
});

describe('where something can be mounted', () => {
  const at = (...targets: string[]) =>
    mountProblems(targets.map((target) => ({ source: '/data', target, readOnly: true })));

  it.each(['/data', '/home/launch/code/data', '/mnt/', '/runs', '/var/lib/x'])(
    'takes %s',
    (target) => {
      expect(at(target)).toEqual([]);
    },
  );

  it.each([
    ...['data', '', '/', '//', '/run', '/run/', '/x/../run', '/var/run', '/run/slipway'],
    ...['/run/slipway/secrets', '/var/run/slipway/live', '/proc', '/proc/sys', '/sys', '/dev/shm'],
    'a\0b',
  ])('refuses %j', (target) => {
    expect(at(target)).toMatchObject([{ code: 'E_MOUNT', path: 'settings.mounts[0].target' }]);
  });

  it.each(['data', '', './data', '~'])('has no source such as %j', (source) => {
    expect(mountProblems([{ source, target: '/in', readOnly: true }])).toMatchObject([
      { code: 'E_MOUNT', path: 'settings.mounts[0].source' },
    ]);
    expect(mountProblems([{ source: 'C:\\data', target: '/in', readOnly: true }])).toEqual([]);
  });

  it('refuses a second mount at one place', () => {
    expect(at('/a', '/b', '/a/')).toMatchObject([{ path: 'settings.mounts[2].target' }]);
  });
});
