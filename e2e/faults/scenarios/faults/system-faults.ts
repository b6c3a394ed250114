import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownEnd } from '../../audit/auditor.ts';
import { readRows } from '../../audit/rows.ts';
import type { Stage } from '../../bench/stage.ts';
import { END_MS, endOf, linesFor, must, NotHere, startLines, type SingleFault } from './fault.ts';

const HOUR_S = 3600;

/** By how many hours the start of a run, as the core wrote it down, is after now. */
function aheadOf({ place }: Stage, runId: string): number {
  const run = readRows(place.dataDir).runs.find(({ id }) => id === runId);
  return ((run?.started_at ?? 0) - Date.now()) / 1000 / HOUR_S;
}

const LIBRARIES = ['x86_64', 'aarch64'].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`,
);

/** Faults that need tools which are not everywhere: system calls that fail, a clock that jumps. */
export const systemFaults: readonly SingleFault[] = [
  {
    id: 'F39',
    how: 'strace: every fifth pwrite64 of the core fails with EIO for 3 s while a job runs',
    async inject(stage) {
      if (!existsSync('/usr/bin/strace')) throw new NotHere('strace is not installed');
      const prints = linesFor(6);
      const runId = await startLines(stage, prints);
      const calls = join(stage.place.folder, 'calls');
      const words = ['-f', '-qq', '-o', calls, '-p', String(stage.core!.pid)];
      const rule = ['-e', 'trace=pwrite64', '-e', 'inject=pwrite64:error=EIO:when=5+5'];
      const strace = spawn('strace', [...words, ...rule], { stdio: 'ignore' });
      await sleep(3000);
      strace.kill('SIGTERM');
      must(stage.crashes.length === 0, `the core ended: ${stage.crashes[0]}`);
      const failed = readFileSync(calls, 'latin1').split('(INJECTED)').length - 1;
      must(failed > 0, 'no write of the core was made to fail');
      const end = await endOf(stage, runId, { prints, extent: 'told', ends: [ownEnd(prints)] });
      return `${failed} writes failed, ${end}`;
    },
  },
  {
    id: 'F43',
    how: 'faketime: the clock of the core jumps 2 h on, then 4 h back, while a job runs',
    async inject(stage) {
      const library = LIBRARIES.find((path) => existsSync(path));
      if (library === undefined) throw new NotHere('faketime is not installed');
      const file = join(stage.place.folder, 'clock');
      const jump = (hours: number): void =>
        writeFileSync(file, `${hours < 0 ? '' : '+'}${hours * HOUR_S}\n`);
      jump(0);
      const clock = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file };
      const how = { FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
      stage.killSlipway();
      await stage.startCoreReady({ ...clock, ...how });
      try {
        const prints = linesFor(5);
        const runId = await startLines(stage, prints);
        jump(2);
        await sleep(1500);
        const next = await stage.place.launchLines(linesFor(0.5));
        await stage.trace.until(next, ({ state, ended }) => state === 'running' || ended, END_MS);
        const ahead = aheadOf(stage, next);
        must(ahead > 1.9, `the clock of the core is ${ahead.toFixed(1)} h ahead`);
        jump(-2);
        const one = { prints, extent: 'whole', ends: [ownEnd(prints)] } as const;
        await stage.untilEnded(next, END_MS);
        return `a run started ${ahead.toFixed(1)} h ahead of time, ${await endOf(stage, runId, one)}`;
      } finally {
        stage.killSlipway();
        await stage.startCoreReady();
      }
    },
  },
];
