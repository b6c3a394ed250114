import { afterEach, expect, it, vi } from 'vitest';
import type { LeftOut } from '../shared/domain/snapshot.ts';
import { reportLeftOut } from './report-left-out.ts';

const written: string[] = [];

const leftOut = (reason: LeftOut['reason'], count: number): LeftOut[] =>
  Array.from({ length: count }, (_, at) => ({
    path: `${reason}-${at}.`,
    kind: 'file',
    reason,
    rule: '',
  }));

function told(...entries: LeftOut[][]): string {
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  reportLeftOut(entries.flat());
  return written.join('');
}

afterEach(() => {
  written.length = 0;
  vi.restoreAllMocks();
});

it('names every secret, up to 50', () => {
  const text = told(leftOut('secret', 50));
  expect(text).toContain('secret-49.');
  expect(text).not.toContain('more');
});

it('counts the secrets beyond 50', () => {
  expect(told(leftOut('secret', 52))).toContain('secret-49. and 2 more');
});

it('cuts other entries, and is silent on rules', () => {
  const text = told(leftOut('unreadable', 7), leftOut('rule', 3));
  expect(text).toContain('unreadable-4. and 2 more');
  expect(text).not.toContain('rule-0');
});
