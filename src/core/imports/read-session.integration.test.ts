import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { ReadSession, type ReadRequest } from './read-session.ts';

/** Dies of the folder `bad` as of a fault, ends at `end`, never answers for `stuck`, reads all others. */
const WORKER = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ request: { folder } }) => {
    if (folder === 'bad') throw new Error('out of memory');
    if (folder === 'end') process.exit(0);
    if (folder !== 'stuck') parentPort.postMessage({ answer: { folder } });
  });
`;

function testSession(): ReadSession {
  const file = join(testFolder(), 'worker.mjs');
  writeFileSync(file, WORKER);
  const session = new ReadSession(pathToFileURL(file), { metricsFile: '', logsFolder: '' });
  onTestFinished(() => session.close());
  return session;
}

const request = (folder: string): ReadRequest => ({ folder, runId: 'r', console: true });
const never = new AbortController().signal;

it.each(['bad', 'end'])('reads on after a folder that its thread died of (%s)', async (folder) => {
  const session = testSession();
  expect(await session.read(request('one'), never)).toEqual({ folder: 'one' });
  await expect(session.read(request(folder), never)).rejects.toMatchObject({ code: 'E_INTERNAL' });
  expect(await session.read(request('two'), never)).toEqual({ folder: 'two' });
});

it('ends when it is cancelled, before or while it reads', async () => {
  const session = testSession();
  const cancelled = { code: 'E_CANCELLED' };
  await expect(session.read(request('one'), AbortSignal.abort())).rejects.toMatchObject(cancelled);
  const cancel = new AbortController();
  const reading = session.read(request('stuck'), cancel.signal);
  cancel.abort();
  await expect(reading).rejects.toMatchObject(cancelled);
  expect(await session.read(request('two'), never)).toEqual({ folder: 'two' });
});
