import { createInterface } from 'node:readline/promises';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { askLine } from './ask-line.ts';

/** A terminal on which `keys` are typed once it is read. */
function terminal(keys: string) {
  const input = new PassThrough();
  const lines = createInterface({ input, output: new PassThrough(), terminal: true });
  setImmediate(() => input.write(keys));
  return lines;
}

const never = new AbortController().signal;

it('is what was typed', async () => {
  expect(await askLine(terminal('yes\r'), 'Really? ', 'The question', never)).toBe('yes');
});

it.each([
  ['Ctrl-C', '\x03'],
  ['Ctrl-D', '\x04'],
  ['Ctrl-C after some letters', 'ye\x03'],
])('is cancelled by %s', async (_, keys) => {
  const asking = askLine(terminal(keys), 'Really? ', 'The question', never);
  await expect(asking).rejects.toMatchObject({ code: 'E_CANCELLED' });
});

it('is cancelled by the signal', async () => {
  const asking = askLine(terminal(''), 'Really? ', 'The question', AbortSignal.abort());
  await expect(asking).rejects.toMatchObject({ code: 'E_CANCELLED' });
});
