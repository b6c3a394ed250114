import { describe, expect, it } from 'vitest';
import type { QueueChoices } from '../../../shared/domain/queue.ts';
import {
  argText,
  draftOf,
  namesIn,
  NEW_QUEUE,
  newVariable,
  readArgs,
  readLimit,
  readQueue,
  withArg,
  type QueueDraft,
} from './queue-draft.ts';

const gpu: QueueChoices = {
  ...{ name: 'gpu', engine: 'docker', concurrency: null },
  resourceArgs: { memory: '{{ mem }}', gpus: 'all', cpus: 1.5, env: ['SEED={{seed}}'] },
  variables: {
    mem: { type: 'string', description: 'of the card', enum: ['8g', '16g'], default: '8g' },
    seed: { type: 'integer', minimum: 0, maximum: 9, default: 0 },
  },
};

const problem = (draft: Partial<QueueDraft>): string => {
  const read = readQueue({ ...NEW_QUEUE, name: 'gpu', ...draft });
  return 'problem' in read ? `${read.place}: ${read.problem}` : 'none';
};

describe('a queue as it is typed', () => {
  it('comes back as it was', () => {
    expect(readQueue(draftOf(gpu))).toEqual({ choices: gpu });
  });

  it.each([
    [{ name: ' ' }, 'name: Give the queue a name.'],
    [{ concurrency: '0' }, 'concurrency: Write a whole number from 1'],
    [{ concurrency: '1.5' }, 'concurrency: Write a whole number from 1'],
    [{ concurrency: '10001' }, 'concurrency: Write a whole number from 1'],
    [{ args: '[]' }, 'args: This is no JSON object'],
    [{ args: '{' }, 'args: This is no JSON object'],
    [{ args: '{"memory": "{{mem}}"}' }, 'variables: {{mem}} is no variable of this queue.'],
    [
      { variables: [newVariable('a b')] },
      'variables: A variable has a name of letters and digits.',
    ],
    [{ variables: [newVariable('a'), newVariable(' a')] }, 'variables: a is there twice.'],
    [
      { variables: [{ ...newVariable('a'), type: 'number' as const, minimum: 'x' }] },
      'variables: a: its limits are no numbers.',
    ],
    [
      { variables: [{ ...newVariable('a'), type: 'integer' as const, default: 'x' }] },
      'variables: a: what it is without a choice is no number.',
    ],
    [{ args: '', concurrency: '' }, 'none'],
  ])('%j: %s', (draft, expected) => {
    expect(problem(draft).slice(0, expected.length)).toBe(expected);
  });
});

describe('resources', () => {
  it('are read and written one by one in the JSON, also where W&B nests them', () => {
    const nested = '{"local-container": {"memory": "4g", "gpus": 2}}';
    expect(argText(nested, 'gpus')).toBe('2');
    expect(readArgs(withArg(nested, 'memory', '8g'))).toEqual({
      'local-container': { memory: '8g', gpus: 2 },
    });
    const process = '{"local-process": {"cpus": 1}}';
    expect(readArgs(withArg(process, 'cpus', '2'))).toEqual({ 'local-process': { cpus: 2 } });
    expect(readArgs(withArg('{"cpus": 1, "x": {}}', 'cpus', ''))).toEqual({ x: {} });
    expect(readArgs(withArg('', 'cpus', '1.5'))).toEqual({ cpus: 1.5 });
    expect(withArg('{broken', 'cpus', '2')).toBe('{broken');
    expect(argText('{broken', 'cpus')).toBe('');
  });

  it('name their variables, each once', () => {
    expect(namesIn('{"a": "{{x}} {{ y }}", "b": ["{{x}}", "{{}}", "{z}"]}')).toEqual(['x', 'y']);
    expect(namesIn('{"{{name}}": "of a flag is none"}')).toEqual([]);
    expect(namesIn('{"a": "{{x}}')).toEqual([]);
  });
});

it.each([
  ['', null],
  ['3', 3],
  ['-1', undefined],
  ['many', undefined],
])('the limit "%s" is %s', (text, limit) => {
  expect(readLimit(text)).toBe(limit);
});
