import { describe, expect, it } from 'vitest';
import {
  DEFAULT_RUN_SETTINGS,
  EMPTY_SPEC,
  type LaunchSpec,
} from '../../../shared/domain/launch-spec.ts';
import { specWords } from './spec-words.ts';

const settings = (change: Partial<LaunchSpec['settings']>): Partial<LaunchSpec> => ({
  settings: { ...DEFAULT_RUN_SETTINGS, ...change },
});

describe('specWords', () => {
  it('says nothing of a spec that asks for nothing', () =>
    expect(specWords(EMPTY_SPEC)).toEqual([]));

  it.each<[Partial<LaunchSpec>, string[]]>([
    [
      { values: { lr: 0.1, name: 'a b', sizes: [1, 2] } },
      ['--param', 'lr=0.1', '--param', 'name=a b', '--param', 'sizes=[1,2]'],
    ],
    [{ env: { A: '1=2' } }, ['--env', 'A=1=2']],
    [{ secrets: [{ variable: 'HF', secret: 'run:HF_TOKEN' }] }, ['--secret', 'HF=HF_TOKEN']],
    [{ args: ['--x', '-y'] }, ['--', '--x', '-y']],
    [{ config: { a: { b: 1 } } }, ['-c', '{"overrides":{"run_config":{"a":{"b":1}}}}']],
    [{ files: { 'c.yaml': { a: 1 } } }, ['-c', '{"overrides":{"files":{"c.yaml":{"a":1}}}}']],
    [
      settings({
        cpus: 1.5,
        memoryBytes: 1024,
        shmBytes: 5,
        pids: 9,
        gpus: 'all',
        timeLimitSeconds: 90,
      }),
      [
        '--cpus',
        '1.5',
        '--memory',
        '1024',
        '--shm-size',
        '5',
        '--pids',
        '9',
        '--gpus',
        'all',
        '--time-limit',
        '90s',
      ],
    ],
    [
      settings({ network: false, user: '1000', skipIdentical: true }),
      ['--no-network', '--user', '1000', '--skip-identical'],
    ],
    [
      settings({
        mounts: [
          { source: '/a', target: '/b', readOnly: true },
          { source: '/c', target: '/d', readOnly: false },
        ],
      }),
      ['--mount', '/a:/b', '--mount', '/c:/d:rw'],
    ],
    [
      settings({ labels: { a: 'b' }, outputs: ['out'], metricPatterns: ['l: {l}'] }),
      ['--label', 'a=b', '--output', 'out', '--metric', 'l: {l}'],
    ],
    [
      settings({ retry: { on: ['failed', 'crashed'], times: 3, waitSeconds: 0 } }),
      ['--retry', '3'],
    ],
    [
      settings({ retry: { on: ['failed'], times: 1, waitSeconds: 5 } }),
      ['--retry', '1', '--retry-wait', '5s', '--retry-on', 'failed'],
    ],
  ])('case %#', (part, words) => expect(specWords({ ...EMPTY_SPEC, ...part })).toEqual(words));
});
