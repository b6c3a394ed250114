import { describe, expect, it } from 'vitest';
import { DEFAULT_RUN_SETTINGS, type LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { checkRun } from '../engines/process/check-run.ts';
import { IMAGE, planOf } from './testing/plan.ts';

const AWAY = 'Nothing answers at the Docker address.';

interface Case {
  docker?: string | null;
  setting?: Settings['engine'];
  engine?: EngineKind | null;
  isQueued?: boolean;
  isImage?: boolean;
  spec?: Partial<LaunchSpec>;
}

/** A plan, and the engines that were asked what they think of it. */
async function planned({ docker = null, setting, engine, isQueued, isImage, spec }: Case) {
  const asked: EngineKind[] = [];
  const plan = await planOf({
    docker,
    ...(spec && { spec }),
    ...(setting && { setting }),
    request: {
      engine: engine ?? null,
      ...(isQueued !== undefined && { isQueued }),
      ...(isImage && { version: IMAGE }),
    },
    parts: {
      checkRun: async (kind, run) => {
        asked.push(kind);
        return kind === 'process' ? checkRun(run) : [];
      },
    },
  });
  return { plan, asked };
}

describe('a plan of what goes into a queue', () => {
  it('says that it does without Docker for good when that is away and no engine was named', async () => {
    const { plan, asked } = await planned({ docker: AWAY, isQueued: true });
    expect([plan.engine, asked]).toEqual(['process', ['process']]);
    expect(plan.notes).toEqual([
      expect.stringMatching(/without a container.*Nothing answers at the Docker.*--engine docker/),
    ]);
  });

  it.each<[string, Case]>([
    ['in a queue, with Docker there', { isQueued: true }],
    [
      'in a queue, with the process engine named',
      { isQueued: true, docker: AWAY, engine: 'process' },
    ],
    [
      'in a queue, with the process engine set',
      { isQueued: true, docker: AWAY, setting: 'process' },
    ],
    ['at once', { docker: AWAY }],
  ])('says nothing of it %s', async (_how, given) => {
    const { plan } = await planned(given);
    expect(plan.notes).toEqual([]);
  });

  it.each<[string, Case]>([
    ['that is named', { engine: 'docker' }],
    ['that is set', { setting: 'docker' }],
    ['that an image needs', { isImage: true }],
  ])('waits for a Docker engine %s, and does not ask it', async (_how, given) => {
    const { plan, asked } = await planned({ ...given, docker: AWAY, isQueued: true });
    expect(plan).toMatchObject({
      ...{ engine: 'docker', problems: [] },
      notes: [`The docker engine is waited for: ${AWAY}`],
    });
    expect(asked).toEqual([]);
  });
});

const memory: Partial<LaunchSpec> = {
  settings: { ...DEFAULT_RUN_SETTINGS, memoryBytes: 2 ** 30 },
};

describe('a limit that only Docker has', () => {
  it.each([true, false])('is refused with why it is not Docker (queued: %s)', async (isQueued) => {
    const { plan } = await planned({ docker: AWAY, isQueued, spec: memory });
    expect(plan.problems).toEqual([
      expect.objectContaining({
        code: 'E_RESOURCES',
        path: 'settings.memoryBytes',
        message: expect.stringMatching(
          /^Docker is not available now: Nothing answers at the Docker address\. A limit of memory/,
        ),
        next: expect.stringContaining('--engine docker'),
      }),
    ]);
  });

  it('is refused for itself where the process engine was named', async () => {
    const { plan } = await planned({ docker: AWAY, engine: 'process', spec: memory });
    expect(plan.problems[0]?.message).toMatch(/^A limit of memory needs Docker/);
  });
});
