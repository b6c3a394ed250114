import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/errors.ts';
import { checkDraft, FORM_FIELDS, offeredName, placeError, type Field } from './field-errors.ts';
import { noDraft } from './job-draft.ts';

describe('placeError', () => {
  it.each<[ErrorCode, keyof typeof FORM_FIELDS, Field]>([
    ['E_NAME', 'folder', 'name'],
    ['E_ENTRYPOINT_PARSE', 'image', 'entryPoint'],
    ['E_CONTEXT_NOT_FOUND', 'git', 'context'],
    ['E_CONTEXT_NOT_FOUND', 'image', 'form'],
    ['E_GIT_REF_NOT_FOUND', 'git', 'ref'],
    ['E_GIT_REF_NOT_FOUND', 'folder', 'form'],
    ['E_IMAGE_REF', 'image', 'reference'],
    ['E_GIT_AUTH', 'git', 'form'],
  ])('%s of a job from %s stands beside %s', (code, source, field) =>
    expect(Object.keys(placeError({ code, message: 'No.' }, FORM_FIELDS[source]))).toEqual([field]),
  );

  it('tells a bad alias from a bad name', () => {
    const error = { code: 'E_NAME', message: '"latest" is an alias that Slipway sets.' } as const;
    expect(placeError(error, FORM_FIELDS.git)).toEqual({ aliases: error });
  });

  it.each([
    ['Did you mean: --entry-point "python main.py"', 'Did you mean: "python main.py"'],
    ['Say what it is to start with --entry-point.', 'Say what it is to start.'],
  ])('speaks of the field, not of the option: %s', (next, words) => {
    const error = { code: 'E_NO_ENTRYPOINT', message: 'It is not said.', next } as const;
    expect(placeError(error, FORM_FIELDS.git).entryPoint).toEqual({
      code: 'E_NO_ENTRYPOINT',
      message: 'The entry point is empty. It is not said.',
      next: words,
    });
  });
});

describe('checkDraft', () => {
  const check = (change: object) =>
    Object.keys(checkDraft({ ...noDraft, project: 'default', ...change }));
  it.each([
    [{}, []],
    [{ name: 'my job' }, ['name']],
    [{ project: '' }, ['project']],
    [{ args: 'A=1\nB' }, ['args']],
  ])('%j', (change, fields) => expect(check(change)).toEqual(fields));
});

describe('offeredName', () => {
  it('is the last word of what main proposes', () => {
    const { name } = checkDraft({ ...noDraft, project: 'default', name: 'my job' });
    expect(offeredName(name)).toBe('my_job');
    expect(offeredName(undefined)).toBeNull();
  });
});
