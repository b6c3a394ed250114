import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { checkQueue } from './check-queue.ts';
import { queueChoices, testQueues } from './testing/test-queues.ts';

function refusal(choices: object): AppError | null {
  try {
    checkQueue({ ...queueChoices(), ...choices });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

describe('what is said about a queue', () => {
  it.each<[string, string, object]>([
    ['no name', 'E_NAME', { name: '  ' }],
    ['a name of two lines', 'E_NAME', { name: 'a\nb' }],
    ['a name that turns text round', 'E_NAME', { name: 'a\u202eb' }],
    ['a name of nothing to see', 'E_NAME', { name: '\u200b' }],
    ['a long name', 'E_NAME', { name: 'x'.repeat(65) }],
    ['a name like an option', 'E_NAME', { name: '--all' }],
    ['a name that is a folder above', 'E_NAME', { name: '..' }],
    ['a name of dots', 'E_NAME', { name: '...' }],
    ['a name of two parts', 'E_NAME', { name: 'a/b' }],
    ['a name with spaces', 'E_NAME', { name: 'a b' }],
    ['a name that a shell takes for more', 'E_NAME', { name: 'a;b' }],
    ['a name of other letters', 'E_NAME', { name: 'ü' }],
    ['no runs at a time', 'E_ARGS', { concurrency: 0 }],
    ['half a run at a time', 'E_ARGS', { concurrency: 1.5 }],
    ['too many at a time', 'E_ARGS', { concurrency: 10_001 }],
    ['an engine that is none', 'E_ARGS', { engine: 'podman' }],
    ['resources that are a list', 'E_ARGS', { resourceArgs: [1] }],
    ['resources that are no data', 'E_ARGS', { resourceArgs: { memory: () => 1 } }],
    ['more than belongs to a queue', 'E_ARGS', { owner: 'me' }],
    ['a flag that is none', 'E_RESOURCES', { resourceArgs: { memroy: '4g' } }],
    ['a size that is none', 'E_RESOURCES', { resourceArgs: { memory: 'plenty' } }],
    ['less memory than anything needs', 'E_RESOURCES', { resourceArgs: { memory: '1k' } }],
    [
      'a limit that its engine does not have',
      'E_RESOURCES',
      { engine: 'process', resourceArgs: { memory: '4g' } },
    ],
    ['the whole machine', 'E_RESOURCES', { resourceArgs: { privileged: true } }],
    ['a resource of elsewhere', 'E_RESOURCES', { resourceArgs: { kubernetes: {} } }],
    ['a variable that is not there', 'E_PARAM_UNKNOWN', { resourceArgs: { memory: '{{mem}}' } }],
    ['a variable of every object', 'E_PARAM_UNKNOWN', { resourceArgs: { memory: '{{toString}}' } }],
    ['a variable that is not used', 'E_PARAM_VALUE', { variables: { m: { type: 'number' } } }],
    [
      'a variable that only a name of the resources has in it',
      'E_PARAM_VALUE',
      { resourceArgs: { env: { '{{m}}': 'm' } }, variables: { m: { type: 'string' } } },
    ],
    ['a variable of no type', 'E_ARGS', { variables: { a: { type: 'boolean' } } }],
    ['a variable with more', 'E_ARGS', { variables: { a: { type: 'string', secret: true } } }],
    [
      'a variable with a name that is none',
      'E_PARAM_VALUE',
      { variables: { 'a b': { type: 'string' } } },
    ],
    [
      'a variable with a name that gets lost',
      'E_PARAM_VALUE',
      { variables: JSON.parse('{"__proto__": {"type": "string"}}') as object },
    ],
    [
      'variables of a megabyte',
      'E_JSON_LIMIT',
      { variables: { a: { type: 'string', description: 'x'.repeat(2 ** 20) } } },
    ],
    [
      'bounds that are none',
      'E_ARGS',
      { variables: { a: { type: 'number', minimum: -Infinity } } },
    ],
    ['bounds of text', 'E_PARAM_VALUE', { variables: { a: { type: 'string', minimum: 1 } } }],
    ['a list of numbers', 'E_PARAM_VALUE', { variables: { a: { type: 'integer', enum: ['1'] } } }],
    ['an empty list', 'E_PARAM_VALUE', { variables: { a: { type: 'string', enum: [] } } }],
    [
      'bounds that leave nothing',
      'E_PARAM_VALUE',
      { variables: { a: { type: 'number', minimum: 2, maximum: 1 } } },
    ],
    [
      'a default out of bounds',
      'E_PARAM_VALUE',
      { variables: { a: { type: 'number', maximum: 1, default: 2 } } },
    ],
    [
      'a default of another type',
      'E_PARAM_VALUE',
      { variables: { a: { type: 'integer', default: '1' } } },
    ],
    [
      'a default that is no size',
      'E_RESOURCES',
      {
        resourceArgs: { memory: '{{m}}' },
        variables: { m: { type: 'string', default: 'plenty' } },
      },
    ],
    [
      'a list with what is no size',
      'E_RESOURCES',
      {
        resourceArgs: { 'local-container': { memory: '{{m}}' } },
        variables: { m: { type: 'string', enum: ['4g', 'plenty'] } },
      },
    ],
    [
      'a list with what its engine does not have',
      'E_RESOURCES',
      {
        engine: 'process',
        resourceArgs: { gpus: '{{g}}' },
        variables: { g: { type: 'string', enum: ['all', '2'] } },
      },
    ],
    ['less than nothing', 'E_RESOURCES', { resourceArgs: { cpus: -1 } }],
    ['words for a number', 'E_RESOURCES', { resourceArgs: { cpus: 'many' } }],
    ['variables that are a number', 'E_RESOURCES', { resourceArgs: { env: 5 } }],
  ])('is refused: %s', (_what, code, choices) => {
    const error = refusal(choices);
    expect(error).toMatchObject({ code });
    expect(error!.next).toMatch(/\S/);
    expect(error!.message.length).toBeLessThan(300);
  });

  it.each<[string, object]>([
    ['of all letters that may be', { name: '_a.B-2' }],
    ['named with spaces around', { name: ' gpu ' }],
    ['as many characters as may be', { name: 'x'.repeat(64) }],
    ['no limit', { concurrency: null }],
    [
      'a variable that may be any text',
      { resourceArgs: { memory: '{{m}}' }, variables: { m: { type: 'string' } } },
    ],
    ['something that only looks like a variable', { resourceArgs: { env: { A: '{{a b}} {{}}' } } }],
    ['resources by their kind', { resourceArgs: { 'local-container': { gpus: 'all' } } }],
  ])('may be %s', (_what, choices) => {
    expect(refusal(choices)).toBeNull();
  });

  it('tells which variable a value comes from that cannot be', () => {
    const resourceArgs = { memory: '{{m}}', cpus: '{{c}}' };
    const variables = {
      m: { type: 'string', enum: ['4g', 'plenty'] },
      c: { type: 'number', minimum: -1 },
    };
    expect(refusal({ resourceArgs: { memory: '{{m}}' }, variables })?.message).toBe(
      'The docker flag "memory" takes a size. It comes from the variable "m".',
    );
    expect(refusal({ resourceArgs, variables })?.message).toBe(
      'The number of processors cannot be -1. It comes from the variable "c".',
    );
  });

  it('offers a name that may be', () => {
    const offers = ['..', '--all', 'a b', 'ü', ' ', 'x'.repeat(200)].map(
      (name) => /Did you mean: (.*)$/.exec(refusal({ name })!.next!)![1]!,
    );
    expect(offers.slice(0, 5)).toEqual(['my-queue', 'all', 'a_b', '_', 'my-queue']);
    for (const name of offers) expect(refusal({ name })).toBeNull();
  });

  it('of which nothing is refused that stays as it was', () => {
    const old = queueChoices({ name: 'Büro 2', resourceArgs: { memory: 'plenty' } });
    expect(checkQueue({ ...old, concurrency: 3 }, old)).toEqual({ ...old, concurrency: 3 });
    expect(() => checkQueue({ ...old, name: 'Büro 3' }, old)).toThrow('cannot be the name');
    expect(() => checkQueue({ ...old, engine: 'docker' }, old)).toThrow('takes a size');
  });

  it('of which a variable that nothing uses is refused when it comes, and not when it was there', () => {
    const [m, n] = [{ type: 'string' as const }, { type: 'integer' as const }];
    const old = queueChoices({ variables: { m } });
    const docker = { ...old, engine: 'docker' as const };
    expect(checkQueue(docker, old)).toEqual(docker);
    expect(() => checkQueue({ ...docker, variables: { m, n } }, old)).toThrow('uses {{n}}');
    const used = { ...old, resourceArgs: { env: { A: '{{m}}' } } };
    expect(checkQueue(used, old)).toEqual(used);
    expect(() => checkQueue(old, used)).toThrow('uses {{m}}');
    expect(refusal({ variables: { m } })?.next).toContain('{{m}}');
  });

  it('is beyond what a launch may be given when it is very deep or large', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 5000; level++) deep = [deep];
    expect(refusal({ resourceArgs: { env: deep } })).toMatchObject({ code: 'E_JSON_LIMIT' });
    const large = { env: { A: 'x'.repeat(2 ** 21) } };
    expect(refusal({ resourceArgs: large })).toMatchObject({ code: 'E_JSON_LIMIT' });
  });

  it('is refused in words or taken, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), (name, resourceArgs, variables) => {
        const error = refusal({ name, resourceArgs, variables });
        if (error) expect(error.code).not.toBe('E_INTERNAL');
      }),
    );
  });
});

describe('a queue that is refused', () => {
  it('is not made, and changes nothing', () => {
    const { queues } = testQueues();
    const { id } = queues.create(queueChoices({ name: 'gpu' }));
    const before = queues.list();
    const taken = expect.objectContaining({ code: 'E_NAME', next: 'Choose another name.' });
    expect(() => queues.create(queueChoices({ name: 'GPU' }))).toThrow(taken);
    expect(() => queues.create(queueChoices({ name: 'DEFAULT' }))).toThrow(taken);
    expect(() => queues.update(id, { name: 'default', concurrency: 5 })).toThrow(taken);
    expect(() => queues.update(id, { concurrency: 7, resourceArgs: { memory: 'x' } })).toThrow();
    expect(() => queues.update('nobody', { concurrency: 7 })).toThrow('There is no queue');
    expect(() => queues.remove('nobody')).toThrow('There is no queue');
    expect(() => queues.pause('nobody', true)).toThrow('There is no queue');
    expect(queues.list()).toEqual(before);
    expect(queues.update(id, { name: 'GPU' }).name).toBe('GPU');
  });

  it('is none for runs that it cannot run, or that are nowhere', () => {
    const { queues, add, order, newRun, repos } = testQueues();
    const docker = queues.create(queueChoices({ name: 'docker', engine: 'docker' })).id;
    const other = queues.create(queueChoices({ name: 'other' })).id;
    const [fits, process] = [add(), add(undefined, 'medium', { engine: 'process' })];
    const [elsewhere, alone] = [add(other), repos.runs.create(newRun(), 1).id];
    const refused: [Parameters<typeof queues.move>[0], string][] = [
      [{ runIds: [fits, process], queueId: docker }, 'E_STATE'],
      [{ runIds: [fits], queueId: 'nobody' }, 'E_NOT_FOUND'],
      [{ runIds: [fits, 'nobody'], queueId: other }, 'E_NOT_FOUND'],
      [{ runIds: [fits], before: 'nobody' }, 'E_NOT_FOUND'],
      [{ runIds: [fits], before: alone }, 'E_STATE'],
      [{ runIds: [fits], before: elsewhere, queueId: docker }, 'E_STATE'],
      [{ runIds: [fits, alone], priority: 'high' }, 'E_STATE'],
      [{ runIds: [fits], notBefore: -5 }, 'E_ARGS'],
      [{ runIds: [fits] }, 'E_ARGS'],
      [{ runIds: [], queueId: other }, 'E_ARGS'],
    ];
    for (const [request, code] of refused) {
      expect(() => queues.move(request)).toThrow(
        expect.objectContaining({ code, next: expect.any(String) as string }),
      );
    }
    expect([order(), order(docker), order(other)]).toEqual([[fits, process], [], [elsewhere]]);
    queues.move({ runIds: [alone], queueId: docker });
    expect(order(docker)).toEqual([alone]);
  });
});
