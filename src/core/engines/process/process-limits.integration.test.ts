import { describe, expect, it } from 'vitest';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../../shared/domain/launch-spec.ts';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import type { PrepareRequest, StepSink } from '../engine.ts';
import { treeCode } from '../testing/tree-code.ts';
import { ProcessBench } from './test-bench.ts';
import { never } from './test-kit.ts';

const bench = new ProcessBench({});

const fail = (): never => expect.fail('nothing was to be built');
const steps: StepSink = { begin: fail, output: fail, end: fail };

it('the status names the Python', async () => {
  const status = await bench.engine.status(never);
  expect(status).toMatchObject({ kind: 'process', available: true, fix: null });
  expect(status.text).toMatch(/^Python 3\.\d+\.\d+ at \//);
});

describe('what needs Docker', () => {
  it.each<[string, PrepareRequest['code']]>([
    ['Dockerfile', treeCode('tree', {}, { dockerfile: 'Dockerfile' })],
    [
      'image',
      {
        kind: 'image',
        source: {
          kind: 'image',
          reference: 'an/image:1',
          digest: `sha256:${'0'.repeat(64)}`,
          local: true,
          platform: 'linux/amd64',
          command: [],
        },
      },
    ],
  ])('is said of a job with a %s', async (_, code) => {
    const request = { runId: 'run', code, rewrite: false, settings: DEFAULT_SETTINGS };
    const refusal = { code: 'E_ENGINE_NONE', next: expect.stringContaining('Docker') as string };
    await expect(bench.engine.preflight(request, never)).rejects.toMatchObject(refusal);
    const preparing = bench.engine.prepare(request, steps, never);
    await expect(preparing).rejects.toMatchObject(refusal);
  });

  it('is said of images', async () => {
    const asked = bench.engine.resolveImage('an/image:1', 'missing', { signal: never });
    await expect(asked).rejects.toMatchObject({ code: 'E_ENGINE_NONE' });
  });
});

describe('settings of a run', () => {
  const check = (run: Partial<RunSettings>) =>
    bench.engine.checkRun({ ...DEFAULT_RUN_SETTINGS, ...run }, never);

  it.each<Partial<RunSettings>>([
    ...[{ cpus: 1 }, { memoryBytes: 1 }, { shmBytes: 1 }, { gpus: 1 }, { network: false }],
    ...[{ user: '0' }, { mounts: [{ source: '/a', target: '/b', readOnly: true }] }],
  ])('%j need Docker', async (run) => {
    const path = `settings.${Object.keys(run)[0]}`;
    expect(await check(run)).toMatchObject([
      { code: 'E_RESOURCES', path, message: expect.stringContaining('needs Docker') as string },
    ]);
  });

  it.each<Partial<RunSettings>>([
    ...[{}, { gpus: 'all' as const }, { pids: 5 }, { timeLimitSeconds: 5 }, { labels: { a: 'b' } }],
    { outputs: ['a'] },
  ])('%j need nothing', async (run) => {
    expect(await check(run)).toEqual([]);
  });
});
