import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { DockerStatus } from './docker-status.ts';

const never = new AbortController().signal;
const VERSION = { version: '20.10.24+dfsg1', api: '1.41', os: null, architecture: null };

/** A status of an engine that answers as told, and how often it was asked. */
function statusOf() {
  const engine = { now: 1000, asked: 0, answer: () => Promise.resolve(VERSION) };
  const clock = { now: () => engine.now, monotonic: () => engine.now };
  const versions = () => {
    engine.asked += 1;
    return engine.answer();
  };
  return { engine, status: new DockerStatus({ versions }, clock) };
}

const gone = () => Promise.reject(new AppError('E_ENGINE_NONE', 'gone', { next: 'Start it.' }));

describe('DockerStatus', () => {
  it('tells since when it is away, and nothing of it when it is back', async () => {
    const { engine, status } = statusOf();
    engine.answer = gone;
    const away = { kind: 'docker', available: false, text: 'gone', fix: 'Start it.', since: 1000 };
    expect(await status.now(never)).toEqual(away);
    engine.now = 9000;
    expect(await status.now(never)).toEqual(away);
    engine.answer = () => Promise.resolve(VERSION);
    const text = 'Docker Engine 20.10.24 (API 1.41)';
    expect(await status.now(never)).toMatchObject({ available: true, text, since: null });
    engine.answer = gone;
    expect(await status.now(never)).toMatchObject({ available: false, since: 9000 });
  });

  it('asks once for all who want to know at the same time, and lets each of them leave', async () => {
    const { engine, status } = statusOf();
    const { promise, resolve } = Promise.withResolvers<typeof VERSION>();
    engine.answer = () => promise;
    const leaves = new AbortController();
    const leaving = status.now(leaves.signal);
    const staying = status.now(never);
    leaves.abort();
    expect(await leaving).toMatchObject({ available: false, since: null });
    resolve(VERSION);
    expect(await staying).toMatchObject({ available: true });
    expect(engine.asked).toBe(1);
  });
});
