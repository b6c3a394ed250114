import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { AxisInputs } from './axes.ts';
import { planOf, type PlanOptions } from './plan-options.ts';

const inputs: AxisInputs = {
  read: (name, text) => {
    if (name === 'opt') return text;
    const number = Number(text);
    if (Number.isFinite(number)) return number;
    throw new AppError('E_PARAM_TYPE', `"${text}" is no number.`);
  },
  isInteger: (name) => name === 'epochs',
  isText: (name) => name === 'opt',
};

describe('the plan of a sweep', () => {
  it('of a grid: lists and steps', () => {
    const grid = ['lr=0.1, 0.01', 'epochs=1..10:3', 'opt=["a,b", "c"]', 'n=-1..1', 'x=1e-5..1.:.5'];
    expect(planOf({ grid }, inputs)).toEqual({
      method: 'grid',
      axes: [
        { kind: 'list', input: 'lr', values: [0.1, 0.01] },
        { kind: 'range', input: 'epochs', from: 1, to: 10, step: 3 },
        { kind: 'list', input: 'opt', values: ['a,b', 'c'] },
        { kind: 'range', input: 'n', from: -1, to: 1, step: 1 },
        { kind: 'range', input: 'x', from: 1e-5, to: 1, step: 0.5 },
      ],
      count: null,
      seed: 0,
    });
  });

  it('of steps for an input that takes texts', () => {
    const [axis] = planOf({ grid: ['opt=0.1..0.3:0.1'] }, inputs).axes;
    expect(axis).toEqual({ kind: 'list', input: 'opt', values: ['0.1', '0.2', '0.3'] });
    const [none] = planOf({ grid: ['opt=3..1'] }, inputs).axes;
    expect(none).toMatchObject({ kind: 'range', from: 3 });
  });

  it('of a random sweep: draws, steps and lists', () => {
    const random = ['lr=log(1e-5, 1e-1)', 'epochs=1..10', 'n=0..1:0.25', 'opt=adam,sgd'];
    const plan = planOf({ random, count: 20, seed: 7 }, inputs);
    expect(plan).toEqual({
      method: 'random',
      axes: [
        { kind: 'draw', input: 'lr', min: 1e-5, max: 0.1, scale: 'log', integer: false },
        { kind: 'draw', input: 'epochs', min: 1, max: 10, scale: 'linear', integer: true },
        { kind: 'range', input: 'n', from: 0, to: 1, step: 0.25 },
        { kind: 'list', input: 'opt', values: ['adam', 'sgd'] },
      ],
      count: 20,
      seed: 7,
    });
  });

  it('has a seed also when none is given', () => {
    expect(Number.isInteger(planOf({ random: ['lr=0..1'], count: 1 }, inputs).seed)).toBe(true);
  });

  const refused: [string, PlanOptions, string, RegExp][] = [
    ['nothing', {}, 'E_SWEEP', /No input/],
    ['both methods', { grid: ['lr=1'], random: ['opt=a'] }, 'E_SWEEP', /either/],
    ['random without a count', { random: ['lr=0..1'] }, 'E_SWEEP', /how many/],
    ['a grid with a count', { grid: ['lr=1'], count: 3 }, 'E_SWEEP', /--count/],
    ['no name', { grid: ['=1'] }, 'E_SWEEP', /which values/],
    ['no values', { grid: ['lr='] }, 'E_SWEEP', /which values/],
    ['no sign', { grid: ['lr'] }, 'E_SWEEP', /which values/],
    ['a draw in a grid', { grid: ['lr=log(1,2)'] }, 'E_SWEEP', /cannot draw/],
    ['a broken list', { grid: ['opt=["a"'] }, 'E_SWEEP', /JSON list/],
    ['a value of another type', { grid: ['lr=0.1,abc'] }, 'E_PARAM_TYPE', /abc/],
  ];
  it.each(refused)('is refused: %s', (_, options, code, message) => {
    const error: unknown = (() => {
      try {
        return planOf(options, inputs);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
