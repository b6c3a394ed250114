import { describe, expect, it } from 'vitest';
import type { LaunchProblem } from '../../../shared/domain/launch-spec.ts';
import { makeField } from '../../testing/fake-inputs.ts';
import { isDue, placeProblems, problemIn } from './problems.ts';

const problem = (path: string, code = 'E_PARAM_TYPE'): LaunchProblem => ({
  ...{ code, path, message: `${path} is wrong.`, next: null },
});
const fields = ['seed', 'model', 'model.width', 'sizes'].map((name) =>
  makeField({ name, type: 'string' }),
);

describe('placeProblems', () => {
  it.each([
    ['values.model', 'values.model'],
    ['values.model.width', 'values.model.width'],
    ['values.model.depth', 'values.model'],
    ['values.sizes[2]', 'values.sizes'],
    ['values.sizes.2', 'values.sizes'],
    ['values.seeds', 'values.seeds'],
    ['env.A B', 'env.A B'],
    ['settings.memoryBytes', 'settings.memoryBytes'],
  ])('%s is shown at %s', (path, place) =>
    expect(Object.keys(placeProblems([problem(path)], fields))).toEqual([place]),
  );

  it('takes the first of each place, in the order of the form', () => {
    const all = ['env.A', 'values.sizes[1]', 'values.sizes[0]', 'values.seed'].map((path) =>
      problem(path),
    );
    const placed = placeProblems(all, fields);
    expect(Object.keys(placed)).toEqual(['values.seed', 'values.sizes', 'env.A']);
    expect(placed['values.sizes']).toBe(all[1]);
  });
});

describe('problemIn', () => {
  const problems = placeProblems([problem('settings.mounts[0].target')], fields);
  it('finds what is inside of a place', () => {
    expect(problemIn(problems, 'settings.mounts')?.message).toContain('mounts[0]');
    expect(problemIn(problems, 'settings.mount')).toBeUndefined();
  });
});

describe('isDue', () => {
  const nowhere = { left: {}, asked: false };
  it.each([
    [problem('values.a'), nowhere, true],
    [problem('values.a', 'E_PARAM_REQUIRED'), nowhere, false],
    [problem('values.a', 'E_PARAM_REQUIRED'), { left: {}, asked: true }, true],
    [
      problem('values.a', 'E_PARAM_REQUIRED'),
      { left: { 'values.a': true as const }, asked: false },
      true,
    ],
  ])('case %#', (what, when, due) => expect(isDue(what, when)).toBe(due));
});
