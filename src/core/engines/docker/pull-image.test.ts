import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { parseImageReference } from '../../build/image-reference.ts';
import { pullImage, type PullClient } from './pull-image.ts';

const never = new AbortController().signal;
const DIGEST = `sha256:${'1'.repeat(64)}`;
const LIMIT = { error: 'toomanyrequests: You have reached your pull rate limit' };

/** A client whose pulls answer with these records, the last ones again and again. */
function clientWith(...pulls: object[][]) {
  const told = { pulls: 0, lines: [] as string[] };
  const client: PullClient = {
    findLogin: () => Promise.resolve(null),
    pull: () => {
      const records = pulls[Math.min(told.pulls, pulls.length - 1)]!;
      told.pulls += 1;
      return Promise.resolve(
        Readable.from(records.map((record) => Buffer.from(`${JSON.stringify(record)}\n`))),
      );
    },
  };
  const pull = (signal = never) =>
    pullImage(
      client,
      {
        reference: parseImageReference('h/x:1'),
        use: 'image',
        onProgress: (line) => void (line !== null && told.lines.push(line)),
      },
      signal,
    );
  return { told, pull };
}

describe('pullImage', () => {
  it('tries again what may pass, and tells so', async () => {
    const cut = [{ id: 'a', status: 'Pulling fs layer' }, { error: 'unexpected EOF' }];
    const { told, pull } = clientWith(cut, [{ status: `Digest: ${DIGEST}` }]);
    expect(await pull()).toBe(DIGEST);
    expect(told.lines[1]).toMatch(/cannot be reached.* Trying again \(1 of 3\)$/);
    expect(told.pulls).toBe(2);
  });

  it('gives up after three more tries', async () => {
    const { told, pull } = clientWith([LIMIT]);
    await expect(pull()).rejects.toMatchObject({ code: 'E_REGISTRY_LIMIT' });
    expect(told.pulls).toBe(4);
  });

  it('does not try again what stays as it is', async () => {
    const { told, pull } = clientWith([{ error: 'manifest unknown' }]);
    await expect(pull()).rejects.toMatchObject({ code: 'E_IMAGE_NOT_FOUND' });
    expect(told.pulls).toBe(1);
  });

  it('is cancelled while it waits', async () => {
    const { told, pull } = clientWith([LIMIT]);
    const cancel = new AbortController();
    const pulling = pull(cancel.signal);
    while (told.lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    cancel.abort();
    await expect(pulling).rejects.toMatchObject({ code: 'E_CANCELLED' });
    expect(told.pulls).toBe(1);
  });
});
