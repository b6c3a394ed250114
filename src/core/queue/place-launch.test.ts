import { describe, expect, it } from 'vitest';
import { DEFAULT_RUN_SETTINGS } from '../../shared/domain/launch-spec.ts';
import type { Queue, QueueChoices, QueuePlacement } from '../../shared/domain/queue.ts';
import type { AppError } from '../../shared/errors.ts';
import { specWith, type SpecOf } from '../runs/testing/test-app.ts';
import { withOrigins } from './origins.ts';
import { placeAgain, placeLaunch } from './place-launch.ts';
import { queueChoices } from './testing/test-queues.ts';

const GIB = 2 ** 30;

/** The one queue that there is. */
function queuesWith(choices: Partial<QueueChoices>) {
  const counted = { pausedAt: null, waiting: 0, running: 0, createdAt: 0 };
  const queue: Queue = { id: 'q', ...queueChoices(choices), ...counted };
  return { get: (id: string) => (id === 'q' ? queue : null), list: () => [queue] };
}

const place = (choices: Partial<QueueChoices>, spec: SpecOf, placement: QueuePlacement = {}) =>
  placeLaunch(queuesWith(choices), {
    spec: specWith(spec),
    queue: { queueId: 'q', ...placement },
  });

const thrown = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
};

describe('the resources of a queue', () => {
  const resourceArgs = {
    memory: '4g',
    cpus: 2,
    env: { A: 'queue', B: 'queue', T: 'queue' },
    label: ['team=queue', 'floor=1'],
    volume: ['/data:/data:ro', '/old:/models'],
    rm: true,
  };

  it('are under what the launch says', () => {
    const { launch, notes } = place(
      { resourceArgs },
      {
        env: { B: 'launch' },
        secrets: [{ variable: 'T', secret: 'run:T' }],
        settings: {
          memoryBytes: GIB,
          labels: { team: 'launch' },
          mounts: [{ source: '/new', target: '/models', readOnly: false }],
        },
      },
    );
    expect(launch.spec.env).toEqual({ A: 'queue', B: 'launch' });
    expect(launch.spec.settings).toEqual({
      ...DEFAULT_RUN_SETTINGS,
      memoryBytes: GIB,
      cpus: 2,
      labels: { team: 'launch', floor: '1' },
      mounts: [
        { source: '/data', target: '/data', readOnly: true },
        { source: '/new', target: '/models', readOnly: false },
      ],
    });
    expect(notes).toHaveLength(1);
  });

  it('change nothing of a launch when there are none', () => {
    const spec = specWith({ values: { lr: 1 }, settings: { pids: 9 } });
    const queue = { queueId: 'q' };
    expect(placeLaunch(queuesWith({}), { spec, queue }).launch.spec).toEqual(spec);
    expect(placeLaunch(queuesWith({ resourceArgs }), { spec })).toEqual({
      launch: { spec },
      place: undefined,
      notes: [],
    });
  });

  it('are of the kind that runs here', () => {
    const nested = { 'local-container': { memory: '{{memory}}' } };
    const variables = { memory: { type: 'string' as const, default: '2g' } };
    const { launch } = place({ resourceArgs: nested, variables }, {});
    expect(launch.spec.settings.memoryBytes).toBe(2 * GIB);
  });
});

describe('the variables of a queue', () => {
  const variables: Queue['variables'] = {
    memory: { type: 'string', enum: ['2g', '8g'], default: '2g' },
    cpus: { type: 'integer', minimum: 1, maximum: 16 },
    share: { type: 'number', default: 0.5, description: 'Of the machine, from 0 to 1.' },
    team: { type: 'string' },
  };
  const resourceArgs = {
    memory: '{{memory}}',
    cpus: '{{ cpus }}',
    env: { TEXT: '{{team}} has {{cpus}} of {{cpus}}, {{share}}', SHARE: '{{share}}' },
  };
  const filled = (given: QueuePlacement['variables']) =>
    place({ resourceArgs, variables }, {}, { ...(given && { variables: given }) }).launch.spec;

  it('fill in the resources, with their types', () => {
    const spec = filled({ cpus: 4, team: 'a {{cpus}} b', memory: '8g' });
    expect(spec.settings).toMatchObject({ cpus: 4, memoryBytes: 8 * GIB });
    // What was filled in is not looked at again.
    expect(spec.env).toEqual({ TEXT: 'a {{cpus}} b has 4 of 4, 0.5', SHARE: '0.5' });
  });

  it.each<[string, QueuePlacement['variables'], string, string]>([
    [
      'text for a whole number',
      { cpus: '4' },
      'E_PARAM_TYPE',
      'Value for cpus must be of type integer.',
    ],
    [
      'a part for a whole number',
      { cpus: 1.5 },
      'E_PARAM_TYPE',
      'Value for cpus must be of type integer.',
    ],
    ['a huge number', { cpus: 1e300 }, 'E_PARAM_TYPE', 'Value for cpus must be of type integer.'],
    ['no number', { share: NaN }, 'E_PARAM_TYPE', 'Value for share must be of type number.'],
    [
      'a number for text',
      { memory: 8 },
      'E_PARAM_TYPE',
      'Value for memory must be of type string.',
    ],
    ['too little', { cpus: 0 }, 'E_PARAM_VALUE', 'Value for cpus must be 1 or more.'],
    ['too much', { cpus: 17 }, 'E_PARAM_VALUE', 'Value for cpus must be 16 or less.'],
    [
      'one that is not listed',
      { memory: '4g' },
      'E_PARAM_VALUE',
      'Value for memory must be one of 2g, 8g.',
    ],
    [
      'an unknown name',
      { gpus: 1 },
      'E_PARAM_UNKNOWN',
      'Queue gpu does not support overriding gpus.',
    ],
    [
      'a name of every object',
      { constructor: 1 } as object as Record<string, number>,
      'E_PARAM_UNKNOWN',
      'Queue gpu does not support overriding constructor.',
    ],
    [
      'none where one is needed',
      { cpus: 1 },
      'E_PARAM_REQUIRED',
      'Queue gpu needs a value for team.',
    ],
    ['none at all', undefined, 'E_PARAM_REQUIRED', 'Queue gpu needs a value for cpus.'],
  ])('refuse %s', (_what, given, code, message) => {
    const error = thrown(() => filled(given));
    expect(error).toMatchObject({ code, message });
    expect((error as AppError).next).toMatch(/\S/);
  });

  it('that come to no resources are refused as these', () => {
    const one = { memory: { type: 'string' as const } };
    const choices = { resourceArgs: { memory: '{{memory}}' }, variables: one };
    const error = thrown(() => place(choices, {}, { variables: { memory: 'plenty' } }));
    expect(error).toMatchObject({ code: 'E_RESOURCES', next: 'Write it as 512m or 4g.' });
  });
});

describe('the place of a launch', () => {
  it('is in the default queue, of medium priority, when nothing is said', () => {
    const queues = queuesWith({});
    const standard = {
      ...queues,
      get: (id: string) => (id === 'default' ? queues.get('q') : null),
    };
    expect(placeLaunch(standard, { queue: {} }).place).toMatchObject({
      priority: 2,
      notBefore: null,
    });
  });

  it('has a priority and a time', () => {
    const placed = place({}, {}, { priority: 'critical', notBefore: 12.7 }).place;
    expect(placed).toEqual({ id: 'q', priority: 0, notBefore: 13 });
  });

  it('is on the engine of the queue', () => {
    const queues = queuesWith({ engine: 'docker' });
    const queue = { queueId: 'q' };
    expect(placeLaunch(queues, { queue }).launch).toMatchObject({ engine: 'docker' });
    expect(placeLaunch(queues, { queue, engine: 'docker' }).launch.engine).toBe('docker');
    expect(placeLaunch(queuesWith({}), { queue, engine: 'process' }).launch.engine).toBe('process');
    expect(thrown(() => placeLaunch(queues, { queue, engine: 'process' }))).toMatchObject({
      code: 'E_ARGS',
      message: 'The queue "gpu" uses the engine docker, not process.',
    });
  });

  it.each([
    [{ queueId: 'gpu2' }, 'E_NOT_FOUND'],
    [{ queueId: 'q', notBefore: -1 }, 'E_ARGS'],
    [{ queueId: 'q', notBefore: NaN }, 'E_ARGS'],
    [{ queueId: 'q', notBefore: 9e15 }, 'E_ARGS'],
  ])('cannot be %o', (queue, code) => {
    const error = thrown(() => placeLaunch(queuesWith({}), { queue }));
    expect(error).toMatchObject({ code, next: expect.any(String) as string });
  });

  it('of a run that is started once more takes no variables', () => {
    const queues = queuesWith({ resourceArgs: { memory: '4g' } });
    expect(placeAgain(queues, { queueId: 'q', variables: {} }, 'docker')).toMatchObject({
      id: 'q',
    });
    const withVariables = { queueId: 'q', variables: { memory: '8g' } };
    expect(thrown(() => placeAgain(queues, withVariables, 'docker'))).toMatchObject({
      code: 'E_ARGS',
    });
  });
});

describe('where a value comes from', () => {
  const variables: Queue['variables'] = { m: { type: 'string' }, c: { type: 'number' } };
  const resourceArgs = { memory: '{{m}}', cpus: '{{c}}', 'shm-size': '1g' };
  const given = { m: '900g', c: 2 };

  it('is said of a flag that the values make none of', () => {
    for (const args of [resourceArgs, { 'local-container': resourceArgs }]) {
      const error = thrown(() =>
        place(
          { name: 'gpu', resourceArgs: args, variables },
          {},
          { variables: { m: 'abc', c: 2 } },
        ),
      ) as AppError;
      expect([error.code, error.message, error.next]).toEqual([
        'E_RESOURCES',
        'The docker flag "memory" takes a size. It comes from the queue "gpu" (variable "m").',
        'Write it as 512m or 4g.',
      ]);
    }
  });

  it.each<[string, string, SpecOf]>([
    ['settings.memoryBytes', 'No. It comes from the queue "gpu" (variable "m").', {}],
    ['settings.shmBytes', 'No. It comes from the queue "gpu".', {}],
    ['settings.pids', 'No.', {}],
    ['values.memoryBytes', 'No.', {}],
    // What the launch says itself does not come from the queue.
    ['settings.memoryBytes', 'No.', { settings: { memoryBytes: GIB } }],
  ])('is said of a problem at %s as: %s', (path, message, spec) => {
    const choices = { name: 'gpu', resourceArgs, variables };
    const { launch } = place(choices, spec, { variables: given });
    const problem = { code: 'E_RESOURCES', path, message: 'No.', next: null };
    expect(withOrigins([problem], launch.origins ?? {})).toEqual([{ ...problem, message }]);
  });
});
