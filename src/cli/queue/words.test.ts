import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRIORITIES } from '../../shared/domain/run.ts';
import type { JsonValues } from '../../shared/domain/json.ts';
import { thrownBy } from '../testing/thrown-by.ts';
import { parseConcurrency } from './concurrency.ts';
import { parsePriority } from './priority.ts';
import { readVariables } from './read-variables.ts';
import { readSetVars } from './set-vars.ts';

describe('a priority', () => {
  it.each(PRIORITIES.map((name, number) => [name, number] as const))('%s is %d', (name, number) => {
    expect(parsePriority(String(number))).toBe(name);
    expect(parsePriority(` ${name.toUpperCase()} `)).toBe(name);
  });

  it.each(['', '4', '-1', '1.0', 'urgent', 'constructor'])('is not "%s"', (text) => {
    expect(thrownBy(() => parsePriority(text))).toMatchObject({
      code: 'E_ARGS',
      next: 'Give critical, high, medium or low; 0 to 3 mean the same.',
    });
  });
});

describe('a limit of runs at a time', () => {
  it.each([
    ['1', 1],
    ['10000', 10_000],
    ['none', 'none'],
    ['None', 'none'],
  ])('%s', (text, limit) => {
    expect(parseConcurrency(text)).toBe(limit);
  });

  it.each([
    ['0', 'pause it'],
    ['10001', '1 to 10000'],
    ['-1', '1 to 10000'],
    ['1.5', '1 to 10000'],
    ['1e2', '1 to 10000'],
    ['', '1 to 10000'],
    ['many', '1 to 10000'],
  ])('is not "%s"', (text, next) => {
    expect(thrownBy(() => parseConcurrency(text))).toMatchObject({
      code: 'E_ARGS',
      next: expect.stringContaining(next) as string,
    });
  });
});

describe('values of variables', () => {
  const variables = {
    n: { type: 'integer' },
    x: { type: 'number' },
    s: { type: 'string' },
  } as const;

  it('have the type that the queue asks for, where the text can be read so', () => {
    const texts = ['n=4', 'x=-1.5e3', 's=4', 'other=4', 'e='];
    expect(readSetVars(texts, variables)).toEqual({ n: 4, x: -1500, s: '4', other: '4', e: '' });
  });

  it.each(['', ' ', '0x10', 'four', 'NaN', 'Infinity', '4g', '1_000'])(
    'are left as they are for the check of the launch: "%s"',
    (text) => {
      expect(readSetVars([`n=${text}`], variables)).toEqual({ n: text });
    },
  );

  it('keep any number and any text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), (x, s) => {
        expect(readSetVars([`x=${x}`, `s=${s}`], variables)).toEqual({ x: Number(String(x)), s });
      }),
    );
  });

  it.each([
    [['n'], 'no name with a value'],
    [['=4'], 'no name with a value'],
    [['n=1', 'n=2'], 'given twice'],
    [['constructor=1', 'constructor=2'], 'given twice'],
  ])('are refused: %j', (texts, message) => {
    expect(thrownBy(() => readSetVars(texts, variables))).toMatchObject({
      code: 'E_ARGS',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('the variables of a queue', () => {
  it('are JSON schemas, also as W&B Launch writes them', () => {
    const memory = { type: 'string', enum: ['4g', '8g'], default: '4g' } as const;
    const cpus = { type: 'number', minimum: 0.5, maximum: 8 } as const;
    const wandb = { schema: cpus, description: 'CPUs' };
    expect(readVariables({ memory, cpus: wandb } as unknown as JsonValues)).toEqual({
      memory,
      cpus: { ...cpus, description: 'CPUs' },
    });
  });

  it.each<[JsonValues, string, string]>([
    [{ m: 'string' }, '"m" takes a JSON schema', '{"type": "string"'],
    [{ m: ['string'] }, '"m" takes a JSON schema', '{"type": "string"'],
    [{ m: {} }, '"m" is of no known type', 'string, integer, number'],
    [{ m: { type: 'boolean' } }, '"m" is of no known type', 'string, integer, number'],
    [{ m: { type: 'integer', minimum: '1' } }, '"minimum" of the wrong type', '{"type"'],
    [{ m: { type: 'string', enum: [1] } }, '"enum.0" of the wrong type', '{"type"'],
    [{ m: { type: 'string', pattern: 'a' } }, 'no use for "pattern"', 'enum, minimum'],
  ])('are refused: %j', (values, message, next) => {
    expect(thrownBy(() => readVariables(values))).toMatchObject({
      code: 'E_PARAM_VALUE',
      message: expect.stringContaining(message) as string,
      next: expect.stringContaining(next) as string,
    });
  });
});
