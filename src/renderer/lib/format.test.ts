import { describe, expect, it } from 'vitest';
import { formatCommand } from './command-line.ts';
import { baseName, formatRelative } from './format.ts';

describe('formatRelative', () => {
  const now = new Date(2026, 5, 17, 15, 0, 0).getTime();
  const ago = (ms: number): string => formatRelative(now - ms, now);
  const hour = 3_600_000;

  it('reads as a person would say it', () => {
    expect(ago(-2_000)).toBe('just now');
    expect(ago(44_000)).toBe('just now');
    expect(ago(46_000)).toBe('1 min ago');
    expect(ago(59 * 60_000)).toBe('59 min ago');
    expect(ago(3 * hour)).toBe('3 h ago');
    expect(ago(20 * hour)).toBe('yesterday');
    expect(ago(3 * 24 * hour)).toBe('3 days ago');
    expect(ago(30 * 24 * hour)).toBe('18 May');
    expect(ago(400 * 24 * hour)).toBe('13 May 2025');
  });

  it('does not say yesterday for a few hours across midnight', () => {
    const early = new Date(2026, 5, 17, 1, 0, 0).getTime();
    expect(formatRelative(early - 2 * hour, early)).toBe('2 h ago');
  });
});

describe('words', () => {
  it('names a folder by its last part', () => {
    expect(baseName('/home/ada/hello/')).toBe('hello');
    expect(baseName('C:\\work\\hello')).toBe('hello');
    expect(baseName('/')).toBe('/');
  });

  it('quotes what a shell would split or change', () => {
    expect(formatCommand(['python', 'main.py', '--lr=1e-3'])).toBe('python main.py --lr=1e-3');
    expect(formatCommand(['echo', "it's $HOME", ''])).toBe(`echo 'it'"'"'s $HOME' ''`);
  });
});
