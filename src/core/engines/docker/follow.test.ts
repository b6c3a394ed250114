import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { systemClock } from '../../clock.ts';
import type { DockerClient } from './client.ts';
import { follow } from './follow.ts';
import { MemorySink } from './testing/memory-sink.ts';
import { never, noHooks } from './testing/workbench.ts';

const REF = 'a'.repeat(64);
const NEVER = '0001-01-01T00:00:00Z';

const frame = (text: string): Buffer => {
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
};

/** An engine with one container, whose start ends as told and whose output is a stream of the test's. */
function engineWith(startFault: AppError | null = null) {
  const output = new PassThrough();
  const engine = { output, status: 'created', starts: 0, driver: 'local' };
  const start = async (): Promise<boolean> => {
    engine.starts += 1;
    if (startFault) throw startFault;
    engine.status = 'running';
    return true;
  };
  const state = () => ({
    ...{ Status: engine.status, ExitCode: 0, OOMKilled: false, Error: '', FinishedAt: NEVER },
    StartedAt: engine.status === 'created' ? NEVER : '2026-01-01T00:00:00Z',
  });
  const client = {
    inspectContainer: async () => ({
      ...{ Id: REF, Config: {}, State: state() },
      HostConfig: { LogConfig: { Type: engine.driver } },
    }),
    attach: async () => output,
    ping: async () => undefined,
    start,
  };
  const parts = {
    client: client as unknown as DockerClient,
    clock: systemClock,
    ran: new Set<string>(),
  };
  return { engine, parts };
}

describe('follow', () => {
  it.each<[ErrorCode, number]>([
    ['E_ENGINE_LOST', 1],
    ['E_ENGINE_TIMEOUT', 1],
    ['E_ENGINE_ANSWER', 1],
    ['E_ENGINE_NONE', 2],
  ])('after a start that failed with %s starts it %i times in all', async (code, starts) => {
    const { engine, parts } = engineWith(new AppError(code, 'x'));
    for (let round = 0; round < 2; round += 1) {
      await follow(parts, REF, new MemorySink(), noHooks, never).catch(() => undefined);
    }
    expect(engine.starts).toBe(starts);
  });

  it('tells of an engine that cannot keep bytes as they are, once', async () => {
    const { engine, parts } = engineWith();
    engine.driver = 'json-file';
    engine.output.end();
    const notes: string[] = [];
    const note = (text: string) => void notes.push(text);
    await follow(parts, REF, new MemorySink(), { ...noHooks, note }, never);
    expect(notes).toEqual([expect.stringContaining('json-file')]);
  });

  it('hands on nothing of a secret whose other half is still to come', async () => {
    const { engine, parts } = engineWith();
    const sink = new MemorySink([Buffer.from('secret pony')]);
    engine.output.end(frame('it is secret'));
    // The connection was closed by something on the way: the job goes on.
    await follow(parts, REF, sink, noHooks, never);
    expect(sink.all(1).toString()).toBe('it is ');
  });

  it('hands on what looked like a secret and was none when the job has ended', async () => {
    const { engine, parts } = engineWith();
    const sink = new MemorySink([Buffer.from('secret pony')]);
    engine.output.end(frame('it is secret'));
    const started = () => void (engine.status = 'exited');
    await follow(parts, REF, sink, { ...noHooks, started }, never);
    expect(sink.all(1).toString()).toBe('it is secret');
  });
});
