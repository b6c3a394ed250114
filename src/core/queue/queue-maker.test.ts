import { describe, expect, it } from 'vitest';
import type { LaunchProblem, RunSettings } from '../../shared/domain/launch-spec.ts';
import type { QueueChoices } from '../../shared/domain/queue.ts';
import { QueueMaker } from './queue-maker.ts';
import { queueChoices, testQueues } from './testing/test-queues.ts';

const signal = new AbortController().signal;
const GIB = 2 ** 30;

/** On a machine of 8 GiB, whose engine is there or away. */
function start(available = true) {
  const { queues } = testQueues();
  const asked: Partial<RunSettings>[] = [];
  const checkRun = async (run: RunSettings): Promise<LaunchProblem[]> => {
    asked.push({ memoryBytes: run.memoryBytes, mounts: run.mounts });
    if ((run.memoryBytes ?? 0) <= 8 * GIB) return [];
    const path = 'settings.memoryBytes';
    return [{ code: 'E_RESOURCES', path, message: 'It can never fit.', next: 'Set another.' }];
  };
  const found = { kind: 'docker', available, text: '', fix: null, since: null } as const;
  const status = { ...found, withoutDocker: null };
  const maker = new QueueMaker({
    queues,
    chooser: { wanted: async () => status },
    engine: () => ({ checkRun }),
  });
  const names = () => queues.list().map(({ name }) => name);
  return { queues, maker, asked, names };
}

const choices = (more: Partial<QueueChoices>) => queueChoices({ name: 'gpu', ...more });
const byDefault = (value?: string): Partial<QueueChoices> => ({
  resourceArgs: { memory: '{{m}}' },
  variables: { m: { type: 'string', ...(value !== undefined && { default: value }) } },
});

describe('a queue that asks for more than the machine has', () => {
  it.each<[string, Partial<QueueChoices>, string]>([
    ['by itself', { resourceArgs: { memory: '64g' } }, 'It can never fit.'],
    ['by a default', byDefault('64g'), 'It can never fit. It comes from the variable "m".'],
  ])('%s is not made', async (_how, more, message) => {
    const { maker, names } = start();
    await expect(maker.create(choices(more), signal)).rejects.toMatchObject({
      ...{ code: 'E_RESOURCES', message, next: 'Set another.' },
    });
    expect(names()).toEqual(['default']);
  });

  it.each<[string, Partial<QueueChoices>, boolean]>([
    ['when the engine is away', { resourceArgs: { memory: '64g' } }, false],
    ['when a launch says how much', byDefault(), true],
  ])('is made %s: a launch asks again', async (_when, more, available) => {
    const { maker, names, asked } = start(available);
    await maker.create(choices(more), signal);
    expect([names(), asked]).toEqual([['default', 'gpu'], []]);
  });

  it('is changed in other things, and not to ask for as much', async () => {
    const { maker, queues } = start();
    const { id } = queues.create(choices({ resourceArgs: { memory: '64g' } }));
    expect(await maker.update(id, { concurrency: 3 }, signal)).toMatchObject({ concurrency: 3 });
    const more = maker.update(id, { resourceArgs: { memory: '65g' } }, signal);
    await expect(more).rejects.toMatchObject({ code: 'E_RESOURCES' });
    const less = await maker.update(id, { resourceArgs: { memory: '4g' } }, signal);
    expect(less.resourceArgs).toEqual({ memory: '4g' });
    await expect(maker.update('nobody', {}, signal)).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  });

  it('is asked of the engine only where there is something to ask', async () => {
    const { maker, asked } = start();
    await maker.create(choices({ resourceArgs: { env: { A: '1' }, volume: '/a:/b' } }), signal);
    await maker.create(choices({ name: 'cpu', resourceArgs: { cpus: 1 } }), signal);
    expect(asked).toEqual([{ memoryBytes: null, mounts: [] }]);
  });
});
