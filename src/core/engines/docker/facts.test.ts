import { describe, expect, it } from 'vitest';
import { factOf, UNKNOWN_LIFE } from './facts.ts';
import type { ContainerAnswer } from './schemas.ts';

const at = (second: number): string => new Date(1_800_000_000_000 + second * 1000).toISOString();
const ms = (second: number): number => 1_800_000_000_000 + second * 1000;

const life = (second: number) => ({ since: ms(second), outlived: false });

function container(state: Partial<ContainerAnswer['State']>): ContainerAnswer {
  return {
    Id: 'a'.repeat(64),
    Config: { Labels: { 'dev.slipway.attempt': 'one' } },
    HostConfig: { Memory: 0 },
    State: {
      Status: 'exited',
      ExitCode: 0,
      OOMKilled: false,
      Error: '',
      StartedAt: at(0),
      FinishedAt: at(100),
      ...state,
    },
  };
}

describe('factOf', () => {
  it('knows what never started', () => {
    const never = {
      Status: 'created',
      StartedAt: '0001-01-01T00:00:00Z',
      FinishedAt: '0001-01-01T00:00:00Z',
    };
    expect(factOf(container(never), UNKNOWN_LIFE)).toMatchObject({
      phase: 'created',
      startedAt: null,
      endedAt: null,
      exitCode: null,
    });
  });

  it.each([
    ['ended by the engine as it came back', 130, 100.3, true],
    ['ended by itself just before the engine came back', 0, 101, true],
    ['ended by the signal of an engine that shut down long ago', 143, 5000, true],
    ['lost in a crash of the machine', 255, 100.1, true],
    ['failed long before the engine was started anew', 3, 5000, false],
    ['finished long before the engine was started anew', 0, 5000, false],
    ['killed while the engine went on', 137, -10, false],
  ])('%s', (_text, ExitCode, engineSince, died) => {
    const fact = factOf(container({ ExitCode }), life(engineSince));
    expect(fact.engineDied).toBe(died);
    expect(fact.exitCode).toBe(died ? null : ExitCode);
  });

  it('never lets a run end before it started', () => {
    // Seen with 20.10: the end is 1 ms before the start.
    const fact = factOf(container({ StartedAt: at(5), FinishedAt: at(4) }), UNKNOWN_LIFE);
    expect(fact.endedAt).toBe(fact.startedAt);
  });

  it('does not blame the engine for what ran out of memory, or when it knows nothing', () => {
    expect(factOf(container({ ExitCode: 137, OOMKilled: true }), life(101)).engineDied).toBe(false);
    expect(factOf(container({ ExitCode: 137 }), UNKNOWN_LIFE)).toMatchObject({
      engineDied: null,
      signal: 'SIGKILL',
    });
  });

  it.each([
    ['ended by itself while the engine was away', 3, 100.3, false],
    ['killed while the engine was away', 137, 100.3, false],
    ['lost in a crash of the machine', 255, 100.3, true],
  ])('with live-restore: %s', (_text, ExitCode, engineSince, died) => {
    const fact = factOf(container({ ExitCode }), { ...life(engineSince), outlived: true });
    expect(fact.engineDied).toBe(died);
    expect(fact.exitCode).toBe(died ? null : ExitCode);
  });

  it('takes what is being removed by force for gone, and not for killed', () => {
    const removing = { Status: 'removing', ExitCode: 137 };
    expect(factOf(container(removing), life(-10))).toMatchObject({
      phase: 'ended',
      exitCode: null,
      engineDied: false,
    });
    const tidied = { Status: 'removing', ExitCode: 3 };
    expect(factOf(container(tidied), life(-10)).exitCode).toBe(3);
  });
});
