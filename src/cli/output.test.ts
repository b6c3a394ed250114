import { afterEach, describe, expect, it, vi } from 'vitest';
import { say } from './output.ts';

describe('text from outside', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ['an escape sequence', 'a\u001b[31mb', 'a\\x1b[31mb'],
    ['an override of the direction', 'a\u202eb', 'a\\u202eb'],
    ['an isolate of the direction', 'a\u2066b\u2069', 'a\\u2066b\\u2069'],
    ['a script of the other direction', 'שלום', 'שלום'],
  ])('is shown, not obeyed: %s', (_what, text, shown) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    say(text);
    expect(write.mock.calls).toEqual([[`${shown}\n`]]);
  });
});
