import { describe, expect, it } from 'vitest';
import type { QueueChoices } from '../../../shared/domain/queue.ts';
import {
  argText,
  draftOf,
  namesIn,
  NEW_QUEUE,
  newVariable,
  readArgs,
  withArg,
  type QueueDraft,
} from './queue-draft.ts';
import { readLimit, readQueue } from './read-queue.ts';

const gpu: QueueChoices = {
  ...{ name: 'gpu', engine: 'docker', concurrency: null },
  resourceArgs: { memory: '{{ mem }}', gpus: 'all', cpus: 1.5, env: ['SEED={{seed}}'] },
  variables: {
    mem: { type: 'string', description: 'of the card', enum: ['8g', '16g'], default: '8g' },
    seed: { type: 'integer', minimum: 0, maximum: 9, default: 0 },
  },
};

const problems = (draft: Partial<QueueDraft>): string => {
  const read = readQueue({ ...NEW_QUEUE, name: 'gpu', ...draft });
  if ('choices' in read) return 'none';
  return Object.entries(read.problems)
    .map(([place, problem]) => `${place}: ${problem}`)
    .join(' | ');
};

describe('a queue as it is typed', () => {
  it('comes back as it was', () => {
    expect(readQueue(draftOf(gpu))).toEqual({ choices: gpu });
  });

  it.each([
    [{ name: ' ' }, 'name: Give the queue a name.'],
    [{ concurrency: '0' }, 'concurrency: A whole number from 1 to 10,000.'],
    [{ concurrency: '1.5' }, 'concurrency: A whole number from 1 to 10,000.'],
    [{ concurrency: '10001' }, 'concurrency: A whole number from 1 to 10,000.'],
    [{ name: 'x'.repeat(70) }, 'name: At most 64 characters: these are 70.'],
    [{ name: '-x' }, 'name: Letters, digits'],
    [{ name: '..' }, 'name: Letters, digits'],
    [{ name: 'a b' }, 'name: Letters, digits'],
    [{ args: '{"memory": "lots"}' }, 'memory: A size from 6m'],
    [{ args: '{"memory": "5m"}' }, 'memory: A size from 6m'],
    [{ args: '{"local-container": {"cpus": -1}}' }, 'cpus: A number above 0'],
    [{ args: '{"gpus": "some"}' }, 'gpus: “all”, or a whole number from 1.'],
    [{ args: '{"memory": "4g", "cpus": 0.5, "gpus": "all"}' }, 'none'],
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
    expect(problems(draft).slice(0, expected.length)).toBe(expected);
  });
});

it('is told of all that is wrong with it at once', () => {
  const read = readQueue({
    ...{ ...NEW_QUEUE, name: 'x'.repeat(70), concurrency: '0' },
    ...{ args: '{"memory": "lots"}', variables: [newVariable('a b')] },
  });
  expect(read).toHaveProperty('problems');
  expect(Object.keys('problems' in read ? read.problems : {})).toEqual([
    ...['name', 'concurrency', 'memory', 'variables'],
  ]);
});

it('keeps a name that it has, whatever may be one now', () => {
  const name = 'as it was';
  expect(readQueue({ ...draftOf(gpu), name }, name)).toHaveProperty('choices.name', name);
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
