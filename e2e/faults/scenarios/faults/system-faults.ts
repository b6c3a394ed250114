import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownEnd } from '../../audit/auditor.ts';
import { endOf, linesFor, must, NotHere, startLines, type SingleFault } from './fault.ts';

const HOUR_S = 3600;

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
      const words = ['-f', '-qq', '-o', '/dev/null', '-p', String(stage.core!.pid)];
      const rule = ['-e', 'trace=pwrite64', '-e', 'inject=pwrite64:error=EIO:when=5+5'];
      const strace = spawn('strace', [...words, ...rule], { stdio: 'ignore' });
      await sleep(3000);
      strace.kill('SIGTERM');
      must(stage.crashes.length === 0, `the core ended: ${stage.crashes[0]}`);
      return endOf(stage, runId, { prints, extent: 'told', ends: [ownEnd(prints)] });
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
        jump(-2);
        const one = { prints, extent: 'whole', ends: [ownEnd(prints)] } as const;
        await stage.untilEnded(next, 60_000);
        return await endOf(stage, runId, one);
      } finally {
        stage.killSlipway();
        await stage.startCoreReady();
      }
    },
  },
];
