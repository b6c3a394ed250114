import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, chown } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { ownEnd } from '../../audit/auditor.ts';
import { processesOn } from '../../bench/kill-all.ts';
import { endOf, linesFor, must, startLines, type SingleFault } from './fault.ts';

const execute = promisify(execFile);

/** The user `nobody`, as it is on most systems. */
const NOBODY = 65_534;

/** Faults of the machine: its database files, its limits, its sleep. */
export const machineFaults: readonly SingleFault[] = [
  {
    id: 'F40',
    how: 'another process holds BEGIN EXCLUSIVE on slipway.db for 8 s while a job runs',
    async inject(stage) {
      const prints = linesFor(2);
      const runId = await startLines(stage, prints);
      const db = new Database(join(stage.place.dataDir, 'slipway.db'));
      db.exec('BEGIN EXCLUSIVE');
      try {
        await sleep(8000);
      } finally {
        db.exec('ROLLBACK');
        db.close();
      }
      return endOf(stage, runId, { prints, extent: 'whole', ends: [ownEnd(prints)] });
    },
  },
  {
    id: 'F41',
    how: 'a copy of the data folder whose slipway.db is garbage, cut, or empty is opened',
    async inject({ place }) {
      const seen: string[] = [];
      for (const [name, bytes] of [
        ['garbage', Buffer.alloc(40_000, 0x5a)],
        ['a header and nothing else', Buffer.from('SQLite format 3\0')],
      ] as const) {
        const folder = await place.code(`damaged-${seen.length}`, {});
        const file = join(folder, 'slipway.db');
        writeFileSync(file, bytes);
        const { status, stderr, stdout } = await place.run('--data-dir', folder, 'run', 'list');
        must(!/at .*\(.*:\d+:\d+\)/.test(stderr), `a stack is shown: ${stderr.slice(0, 300)}`);
        const kept = readdirSync(folder, { recursive: true }).some((entry) =>
          sameBytes(join(folder, String(entry)), bytes),
        );
        must(kept, `${name}: the damaged file is gone`);
        seen.push(`${name}: status ${status}, kept (${firstLine(stderr || stdout, folder)})`);
      }
      return seen.join('; ');
    },
  },
  {
    id: 'F42',
    how: 'user_version of a copy of slipway.db is raised by 1000',
    async inject({ place }) {
      const folder = await place.code('newer', {});
      const file = join(folder, 'slipway.db');
      copyDatabase(join(place.dataDir, 'slipway.db'), file);
      const db = new Database(file);
      db.pragma('user_version = 1000');
      db.close();
      const { status, stderr } = await place.run('--data-dir', folder, 'run', 'list');
      must(status !== 0 && stderr.includes('1000'), `status ${status}: ${stderr.slice(0, 300)}`);
      return `refused, naming both versions: ${firstLine(stderr, folder)}`;
    },
  },
  {
    id: 'F44',
    how: 'SIGSTOP for everything of Slipway for 12 s while a job runs, then SIGCONT',
    async inject(stage) {
      const prints = linesFor(3);
      const runId = await startLines(stage, prints);
      const stopped = processesOn(stage.place.dataDir);
      for (const pid of stopped) process.kill(pid, 'SIGSTOP');
      await sleep(12_000);
      for (const pid of stopped) process.kill(pid, 'SIGCONT');
      return endOf(stage, runId, { prints, extent: 'whole', ends: [ownEnd(prints)] });
    },
  },
  {
    id: 'F45',
    how: 'prlimit: no more file descriptors than are open now, for 5 s while a run is launched',
    async inject(stage) {
      const core = stage.core!;
      const open = readdirSync(`/proc/${core.pid}/fd`).length;
      await execute('prlimit', ['--pid', String(core.pid), `--nofile=${open}:`]);
      const prints = linesFor(0.5);
      const runId = await stage.place.launchLines(prints);
      await sleep(5000);
      must(stage.crashes.length === 0, `the core ended: ${stage.crashes[0]}`);
      await execute('prlimit', ['--pid', String(core.pid), '--nofile=4096:']);
      return endOf(stage, runId, { prints, extent: 'whole', ends: [ownEnd(prints)] });
    },
  },
  {
    id: 'F16',
    how: 'DOCKER_HOST is a socket that the user may not open',
    async inject({ place }) {
      const folder = await place.code('closed', {});
      const socket = join(folder, 'closed.sock');
      const server = createServer().listen(socket);
      await once(server, 'listening');
      await chmod(socket, 0o000);
      const uid = await giveToOther(place.folder, folder);
      const env = { DOCKER_HOST: `unix://${socket}`, HOME: folder, TMPDIR: folder };
      const words = ['--data-dir', join(folder, 'data'), '--json', 'doctor'];
      const { stdout, stderr } = await place.runWith({ env, uid }, ...words);
      server.close();
      const said = stdout + stderr;
      must(said.includes(socket), `the socket is not named: ${said.slice(0, 300)}`);
      must(/permission|not allowed|may not/i.test(said), `the cause is not named: ${said}`);
      return 'the socket and the missing permission are named';
    },
  },
];

/** Nobody is denied anything as root: then it is another user who asks, to whom a folder below is given. */
async function giveToOther(above: string, folder: string): Promise<number | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  await chmod(above, 0o711);
  await chown(folder, NOBODY, NOBODY);
  return NOBODY;
}

/** Where the folder is, is no news. */
const firstLine = (text: string, folder: string): string =>
  text.trim().split('\n')[0]!.replaceAll(folder, '<data folder>');

function sameBytes(path: string, bytes: Buffer): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

function copyDatabase(from: string, to: string): void {
  const db = new Database(from, { readonly: true });
  db.prepare('VACUUM INTO ?').run(to);
  db.close();
}
