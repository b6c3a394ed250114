import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import { saveLog } from './save-log.ts';
import { temporaryStore } from './testing/temporary-store.ts';

const control = () => ({ signal: new AbortController().signal });
const BYTES = { streams: null, plain: false };

async function bench() {
  const { store, folder } = await temporaryStore();
  const writer = await store.openWriter('run');
  await writer.append(STDOUT, Buffer.from('\x1b[31mred\x1b[0m\r\nbytes \xff', 'latin1'), 1);
  await writer.append(STDERR, Buffer.from('\r 10%\r 99%\n'), 2);
  await writer.append(STDOUT, Buffer.from('the end'), 3);
  await writer.close();
  const target = join(folder, 'saved');
  await mkdir(target);
  return { log: { store, id: 'run' }, target, file: join(target, 'a.log') };
}

describe('saving a log', () => {
  it('writes its exact bytes, in place of what was there', async () => {
    const { log, file, target } = await bench();
    await writeFile(file, 'old');
    const saved = await saveLog(log, BYTES, file, control());
    const bytes = Buffer.from('\x1b[31mred\x1b[0m\r\nbytes \xff\r 10%\r 99%\nthe end', 'latin1');
    expect(await readFile(file)).toEqual(bytes);
    expect(saved).toEqual({ file, bytes: bytes.length });
    expect(await readdir(target)).toEqual(['a.log']);
  });

  it('writes one stream', async () => {
    const { log, file } = await bench();
    await saveLog(log, { streams: [STDERR], plain: false }, file, control());
    expect(await readFile(file, 'utf8')).toBe('\r 10%\r 99%\n');
  });

  it('writes what a terminal shows, without colours', async () => {
    const { log, file } = await bench();
    await saveLog(log, { streams: null, plain: true }, file, control());
    expect(await readFile(file, 'utf8')).toBe('red\nbytes \ufffd\n 99%\nthe end\n');
  });

  it('leaves nothing behind when it is cancelled or cannot be written', async () => {
    const { log, file, target } = await bench();
    const stop = new AbortController();
    const cancelled = saveLog(log, BYTES, file, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'E_CANCELLED' });
    await mkdir(file);
    await expect(saveLog(log, BYTES, file, control())).rejects.toMatchObject({ code: 'E_SAVE' });
    const nowhere = join(target, 'missing', 'a.log');
    await expect(saveLog(log, BYTES, nowhere, control())).rejects.toMatchObject({ code: 'E_SAVE' });
    expect(await readdir(target)).toEqual(['a.log']);
  });
});
