import { describe, expect, it } from 'vitest';
import type { Parameter, ParameterTarget } from '../../../shared/domain/detection.ts';
import { detection } from '../../testing/fake-inspection.ts';
import { defaultWords, targetWords, typeWords } from './parameter-words.ts';

const any = detection.parameters[0]!;
const like = (change: Partial<Parameter>): Parameter => ({
  ...any,
  type: 'number',
  hasDefault: false,
  default: null,
  ...change,
});

describe('targetWords', () => {
  const argument = (change: Partial<Extract<ParameterTarget, { kind: 'argument' }>>) =>
    ({
      kind: 'argument',
      flag: '--x',
      negative: null,
      style: 'space',
      multiple: null,
      ...change,
    }) as const;
  it.each<[ParameterTarget, string]>([
    [argument({}), '--x'],
    [argument({ style: 'negatable-flag', negative: '--no-x' }), '--x / --no-x'],
    [argument({ style: 'positional', flag: null }), 'by position'],
    [argument({ style: 'hydra', flag: 'a.b' }), 'a.b=…'],
    [{ kind: 'config', path: ['a', 'b'] }, 'config.a.b'],
    [{ kind: 'file', path: 'c.yaml', key: ['a'] }, 'c.yaml: a'],
    [{ kind: 'environment', variable: 'SEED' }, '$SEED'],
    [{ kind: 'constant', name: 'SEED' }, 'fixed in the code'],
  ])('%j is %s', (target, words) => expect(targetWords(target)).toBe(words));
});

describe('typeWords', () => {
  it.each<[Partial<Parameter>, string]>([
    [{}, 'number'],
    [{ minimum: 0, maximum: 1 }, 'number, 0 to 1'],
    [{ minimum: 1 }, 'number, at least 1'],
    [{ maximum: 9 }, 'number, at most 9'],
    [{ choices: ['a', 2] }, 'a or 2'],
    [{ type: 'string', secret: true }, 'secret string'],
    [{ type: 'unknown' }, 'not known'],
  ])('%j is %s', (change, words) => expect(typeWords(like(change))).toBe(words));
});

describe('defaultWords', () => {
  it.each<[Partial<Parameter>, string]>([
    [{}, 'none'],
    [{ required: true }, 'required'],
    [{ hasDefault: true }, 'null'],
    [{ hasDefault: true, default: '' }, '""'],
    [{ hasDefault: true, default: [1, 2] }, '[1,2]'],
    [{ hasDefault: true, default: 'abc', secret: true }, '••••'],
  ])('%j is %s', (change, words) => expect(defaultWords(like(change))).toBe(words));
});
