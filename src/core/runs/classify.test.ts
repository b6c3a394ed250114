import { describe, expect, it } from 'vitest';
import type { EngineFact } from '../engines/engine.ts';
import { classify, type Evidence } from './classify.ts';

const fact = (over: Partial<EngineFact> = {}): EngineFact => ({
  attemptId: 'a-1',
  ref: 'ref',
  phase: 'ended',
  exitCode: 0,
  signal: null,
  outOfMemory: false,
  memoryLimit: null,
  error: null,
  engineDied: null,
  startedAt: 1,
  endedAt: 2,
  ...over,
});

const CASES: [
  string,
  Partial<Evidence> & { over?: Partial<EngineFact> },
  string,
  string,
  number | null,
][] = [
  ['a clean exit', {}, 'finished', 'exit', 0],
  ['a failing exit', { over: { exitCode: 3 } }, 'failed', 'exit', 3],
  ['a stop', { stopSent: true, over: { exitCode: 130 } }, 'stopped', 'stopped', 130],
  [
    'a stop that had to kill',
    { stopSent: true, over: { exitCode: 137 } },
    'stopped',
    'stopped',
    137,
  ],
  [
    'an out-of-memory kill',
    { over: { exitCode: 137, outOfMemory: true } },
    'failed',
    'out-of-memory',
    137,
  ],
  ['a child out of memory', { over: { exitCode: 3, outOfMemory: true } }, 'failed', 'exit', 3],
  ['a kill from outside', { over: { exitCode: 137 } }, 'failed', 'signal', 137],
  ['a code that is no signal', { over: { exitCode: 255 } }, 'failed', 'exit', 255],
  ['a crash by signal', { over: { exitCode: 139 } }, 'failed', 'signal', 139],
  [
    'an engine killed and started again',
    { engineGap: true, over: { exitCode: 137 } },
    'crashed',
    'engine-lost',
    null,
  ],
  ['a reboot', { engineGap: true, over: { exitCode: 255 } }, 'crashed', 'engine-lost', null],
  [
    'an engine that tells so itself',
    { over: { exitCode: 137, engineDied: true } },
    'crashed',
    'engine-lost',
    null,
  ],
  [
    'an exit while the engine was away, kept alive',
    { engineGap: true, over: { exitCode: 4 } },
    'failed',
    'exit',
    4,
  ],
  ['a success while the engine was away', { engineGap: true }, 'finished', 'exit', 0],
  [
    'a kill while the engine was away that is known not to have ended it',
    { engineGap: true, over: { exitCode: 137, engineDied: false } },
    'failed',
    'signal',
    137,
  ],
  [
    'a removal by force that is under way',
    { over: { exitCode: null } },
    'crashed',
    'vanished',
    null,
  ],
  ['a removal from outside', { fact: null }, 'crashed', 'vanished', null],
  ['a removal after a stop', { fact: null, stopSent: true }, 'stopped', 'stopped', null],
];

describe('classify', () => {
  it.each(CASES)('%s', (_name, { over, ...evidence }, state, reason, exitCode) => {
    const outcome = classify({ fact: fact(over), stopSent: false, engineGap: false, ...evidence });
    expect(outcome).toMatchObject({ state, exitCode, reason: { code: reason } });
  });

  it('names the memory limit and the signal', () => {
    const limit = { exitCode: 137, outOfMemory: true, memoryLimit: 4 * 2 ** 30 };
    expect(classify({ fact: fact(limit), stopSent: false, engineGap: false }).reason.text).toBe(
      'killed: out of memory at 4 GiB',
    );
    const child = classify({
      fact: fact({ outOfMemory: true }),
      stopSent: false,
      engineGap: false,
    });
    expect(child.reason.text).toBe('exit code 0; a process in it ran out of memory');
    const segv = classify({ fact: fact({ exitCode: 139 }), stopSent: false, engineGap: false });
    expect(segv.reason.text).toContain('SIGSEGV');
  });
});
