import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { checkRef } from './git-ref.ts';

describe('checkRef', () => {
  it.each([
    'main',
    'feature/x',
    'v1.0',
    'refs/tags/v1',
    'a'.repeat(40),
    '0123abc',
    'ünïcode',
    'HEAD',
  ])('takes %s', (ref) => expect(checkRef(` ${ref}\n`)).toBe(ref));

  const bad: [string, string][] = [
    ['R1', '-x'],
    ['R1', '--orphan=x'],
    ['R2', 'a..b'],
    ['R2', 'a~1'],
    ['R2', 'a^'],
    ['R2', '@{-1}'],
    ['R2', '@'],
    ['R2', 'x.lock'],
    ['R2', 'x.lock/y'],
    ['R2', '.x'],
    ['R2', 'x/.y'],
    ['R2', 'a b'],
    ['R2', 'a\nb'],
    ['R2', 'a\0b'],
    ['R2', 'a:b'],
    ['R2', 'a*'],
    ['R2', '/a'],
    ['R2', 'a/'],
    ['R2', 'a//b'],
    ['R2', 'a.'],
    ['R2', 'a\u202eb'],
    ['R2', ''],
    ['R2', '   '],
    ['R2', 'x'.repeat(300)],
  ];

  it.each(bad)('%s refuses %j', (_, ref) => {
    expect(() => checkRef(ref)).toThrow(expect.objectContaining({ code: 'E_GIT_REF' }));
  });

  it('throws nothing but AppError, and lets no option and no refspec through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          expect(checkRef(text)).not.toMatch(/^-|[:*?[\s~^]/);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
