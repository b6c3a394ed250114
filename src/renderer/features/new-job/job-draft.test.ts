import { describe, expect, it } from 'vitest';
import { commands } from '../../../shared/contract/commands.ts';
import { badArguments, createInput, noDraft, type JobDraft } from './job-draft.ts';

const source = { kind: 'git', address: 'https://git.example.com/a/b.git' } as const;
const input = (change: Partial<JobDraft>) =>
  createInput({ ...noDraft, project: 'default', ...change }, source);

describe('createInput', () => {
  it('sends only what was filled in', () => {
    expect(input({ name: '  ', entryPoint: ' python main.py ' })).toEqual({
      source,
      project: 'default',
      entryPoint: 'python main.py',
    });
  });

  it.each<[Partial<JobDraft>, object]>([
    [{ context: 'jobs/a' }, { build: { context: 'jobs/a' } }],
    [
      { args: 'A=1\n\n B = no\nB_2=x=y ', dockerfile: 'Dockerfile.gpu' },
      { build: { dockerfile: 'Dockerfile.gpu', args: expect.objectContaining({ B_2: 'x=y' }) } },
    ],
    [
      { target: 'test', baseImage: 'python:3.12' },
      { build: { target: 'test', baseImage: 'python:3.12' } },
    ],
    [{ schema: ' {"type": "object"}\n' }, { schema: '{"type": "object"}' }],
    [{ aliases: 'stable, best  paper' }, { aliases: ['stable', 'best', 'paper'] }],
    [{ description: 'Night run' }, { description: 'Night run' }],
  ])('puts %j where the contract has it', (change, expected) =>
    expect(input(change)).toMatchObject(expected),
  );

  it('makes what the contract takes', () => {
    const request = { ...input({ name: 'a', args: 'A=1', aliases: 'x' }), operationId: 'op' };
    expect(commands.createJob.input.safeParse(request).success).toBe(true);
  });
});

describe('badArguments', () => {
  it.each([
    ['A=1\nB=', []],
    ['A\n=1\n1A=2', ['A', '=1', '1A=2']],
    ['A = 1', ['A = 1']],
  ])('%j', (text, bad) => expect(badArguments(text)).toEqual(bad));
});
