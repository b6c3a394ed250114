import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeQueue } from '../../../testing/fake-data.ts';
import {
  lastStart,
  placementOf,
  queueGives,
  queueOf,
  rememberStart,
  START_NOW,
  startProblems,
  startWords,
  type StartDraft,
} from './start-draft.ts';

const gpu = makeQueue({
  ...{ id: 'q1', name: 'gpu', engine: 'docker' },
  resourceArgs: { gpus: 1, memory: '{{ memory }}' },
  variables: {
    memory: { type: 'string', enum: ['8g', '16g'], default: '8g' },
    seed: { type: 'integer', minimum: 1, maximum: 9 },
  },
});

const start = (more: Partial<StartDraft> = {}): StartDraft => ({
  ...START_NOW,
  ...{ queued: true, queueId: 'q1', variables: { seed: '3' } },
  ...more,
});

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

describe('how a launch starts', () => {
  it('is at once unless a queue was chosen', () => {
    expect(placementOf(START_NOW, gpu)).toBeUndefined();
    expect(startWords(START_NOW, gpu)).toEqual([]);
    expect(startProblems({ ...START_NOW, variables: { seed: 'x' } }, gpu, 'process')).toEqual([]);
  });

  it('is not at a time that has passed', () => {
    expect(startProblems(start({ notBefore: '2026-01-31T14:30' }), gpu, null)).toEqual([
      {
        place: 'start.notBefore',
        message: '2026-01-31 14:30 has passed. Choose a time to come.',
      },
    ]);
    expect(startProblems(start({ notBefore: '9999-01-31T14:30' }), gpu, null)).toEqual([]);
  });

  it('is told with its place in the queue and the values that were typed, in their types', () => {
    const at = new Date(2026, 5, 11, 14, 30).getTime();
    const chosen = start({
      ...{ priority: 'high', notBefore: '2026-06-11T14:30' },
      variables: { seed: '3', memory: '16g', gone: 'x' },
    });
    expect(placementOf(chosen, gpu)).toEqual({
      ...{ queueId: 'q1', priority: 'high', notBefore: at },
      variables: { seed: 3, memory: '16g' },
    });
    expect(startWords(chosen, gpu).join(' ')).toBe(
      '-q gpu -P high --not-before 2026-06-11T14:30 -v memory=16g -v seed=3',
    );
  });

  it.each([
    [{ seed: '' }, null, ['Queue gpu asks for seed.']],
    [{ seed: '0' }, null, ['seed: At least 1.']],
    [{ seed: '10' }, null, ['seed: At most 9.']],
    [{ seed: '1.5' }, null, ['seed: Write a whole number.']],
    [{ seed: 'many' }, null, ['seed: Write a number.']],
    [{ seed: '1', memory: '9g' }, null, ['memory: Choose one of 8g, 16g.']],
    [{ seed: '1' }, 'docker', []],
    [{ seed: '1' }, 'process', ['Queue gpu runs on Docker, and Process was chosen.']],
  ] as const)('with %j on %s is hindered by %j', (variables, engine, expected) => {
    const found = startProblems(start({ variables }), gpu, engine);
    expect(found.map(({ message }) => message)).toEqual(expected);
  });

  it('shows what the queue gives, with what was typed, or the defaults, filled in', () => {
    expect(queueGives(start(), gpu)).toEqual([
      { label: 'gpus', text: '1' },
      { label: 'memory', text: '8g' },
    ]);
    expect(queueGives(start({ variables: { memory: '16g' } }), gpu)[1]!.text).toBe('16g');
  });

  it('is remembered for the next launch, without a time that has passed by then', () => {
    rememberStart(start({ priority: 'low', notBefore: '2026-06-11T14:30' }));
    expect(lastStart()).toEqual({
      ...START_NOW,
      ...{ queued: true, queueId: 'q1', priority: 'low' },
    });
  });

  it('is in the default queue where the chosen one is gone', () => {
    const queues = { default: makeQueue({ id: 'default', name: 'default' }) };
    expect(queueOf(start(), queues)?.id).toBe('default');
    kept.set('slipway.launch-start', '{"queued":1,"queueId":{},"priority":"most"}');
    expect(lastStart()).toEqual(START_NOW);
  });
});
