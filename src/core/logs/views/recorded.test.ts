import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { STDERR } from '../../../shared/contract/log-stream.ts';
import { grown } from '../testing/grown.ts';
import { plainRow } from '../testing/reference-terminal.ts';
import { temporaryStore } from '../testing/temporary-store.ts';

/**
 * What programs printed: nested bars of tqdm (left behind or not, with `tqdm.write`), a bar of 600
 * steps, a `Progress`, a `Live` table and a status of rich. `*.screen.txt` is what xterm showed of it.
 */
const recorded = (name: string): Promise<Buffer> =>
  readFile(new URL(`../testing/recorded/${name}.txt`, import.meta.url));

async function folded(bytes: Buffer, cut: number): Promise<string[]> {
  const { store } = await temporaryStore();
  const writer = await store.openWriter('run');
  for (let from = 0, at = 0; from < bytes.length; from += cut, at++) {
    await writer.append(STDERR, bytes.subarray(from, from + cut), at);
  }
  await writer.close();
  const view = store.view('run', { streams: null, folded: true });
  const { lines } = await grown(view);
  return (await view.page(0, lines)).map(({ text }) => plainRow(text));
}

describe.each(['nested', 'nested-left', 'write', 'plain-bar', 'rich', 'live'])('%s', (name) => {
  it.each([1, 7, 1 << 20])(
    'is shown as a terminal shows it, written %i bytes at a time',
    async (cut) => {
      const screen = (await recorded(`${name}.screen`)).toString().trimEnd().split('\n');
      const rows = await folded(await recorded(name), cut);
      while (rows.at(-1) === '') rows.pop();
      expect(rows).toEqual(screen);
    },
  );
});
