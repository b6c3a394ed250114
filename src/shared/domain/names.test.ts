import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkName, NAME_LIMIT, safeName } from './names.ts';

describe('safeName', () => {
  it.each([
    ['job-a b/train (v2).py', 'job-a_b_train__v2_.py'],
    ['job-git@github.com:acme/x.git', 'job-git_github.com_acme_x.git'],
    ['naïve', 'na_ve'],
    ['🚀', '_'],
  ])('%s becomes %s', (text, safe) => {
    expect(safeName(text)).toBe(safe);
  });

  it('always gives a short name that it leaves as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const safe = safeName(text);
        expect(safe.length).toBeLessThanOrEqual(NAME_LIMIT);
        expect(safe).toMatch(/^[A-Za-z0-9_.-]*$/);
        expect(safeName(safe)).toBe(safe);
      }),
    );
  });
});

describe('checkName', () => {
  it('passes a good name', () => {
    expect(checkName('job', 'hello-world_1.0')).toBe('hello-world_1.0');
  });

  it.each([
    '',
    ' ',
    '..',
    'a b',
    'x/y',
    '<img src=x onerror=alert(1)>',
    'a\u202eb',
    '\u0000',
    'a'.repeat(300),
  ])('refuses %j and offers a name that it would pass', (name) => {
    try {
      checkName('job', name);
      expect.unreachable();
    } catch (error) {
      const { code, next } = error as { code: string; next: string };
      expect(code).toBe('E_NAME');
      const offer = next.split('Did you mean: ')[1]!;
      expect(checkName('job', offer)).toBe(offer);
    }
  });
});
