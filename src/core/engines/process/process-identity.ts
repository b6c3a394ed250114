import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { readProcFile } from './proc-file.ts';

/** A process, told apart from a later one that got the same pid. */
export interface ProcessIdentity {
  pid: number;
  /** When it was born, as text to compare: boot id and clock ticks on Linux, start time elsewhere. */
  born: string;
}

/** One line of the process table. */
export interface ProcessEntry extends ProcessIdentity {
  /** `Z` and `X` are dead, `T` is paused. */
  state: string;
  group: number;
  session: number;
}

const run = promisify(execFile);
const hasProc = process.platform === 'linux';

/** Linux: `pid (comm) state ppid pgrp session ...`, start time is field 22; comm may hold anything. */
export function parseStat(stat: string, boot: string): ProcessEntry | null {
  const end = stat.lastIndexOf(') ');
  const fields = stat.slice(end + 2).split(' ');
  const [state, , group, session] = fields;
  const ticks = fields[19];
  if (end < 0 || !state || !ticks) return null;
  return {
    pid: Number.parseInt(stat, 10),
    born: `${boot} ${ticks}`,
    state,
    group: Number(group),
    session: Number(session),
  };
}

let bootId: Promise<string> | null = null;

function readBootId(): Promise<string> {
  bootId ??= readFile('/proc/sys/kernel/random/boot_id', 'utf8').then((text) => text.trim());
  return bootId;
}

async function readProc(pid: number): Promise<ProcessEntry | null> {
  const stat = readProcFile(`/proc/${pid}/stat`);
  return stat === '' ? null : parseStat(stat, await readBootId());
}

async function readPs(pid: number): Promise<ProcessEntry | null> {
  const args = ['-o', 'pid=,pgid=,state=,lstart=', '-p', String(pid)];
  // The start time is text in the language and time zone of whoever asks.
  const options = { env: { LC_ALL: 'C', TZ: 'UTC' }, timeout: 5000 };
  const answer = await run('/bin/ps', args, options).catch(() => null);
  const match = /^\s*(\d+)\s+(\d+)\s+(\S)\S*\s+(.+?)\s*$/m.exec(answer?.stdout ?? '');
  if (!match) return null;
  const [, found, group, state, born] = match;
  return {
    pid: Number(found),
    born: born ?? '',
    state: state ?? '',
    group: Number(group),
    session: 0,
  };
}

/** The process that has this pid now, or null. */
export function readProcess(pid: number): Promise<ProcessEntry | null> {
  return hasProc ? readProc(pid) : readPs(pid);
}

/** Whether that very process lives: a dead one nobody has waited for (a zombie) does not. */
export async function processState(who: ProcessIdentity): Promise<'alive' | 'paused' | 'gone'> {
  const entry = await readProcess(who.pid);
  if (!entry || entry.born !== who.born || /^[ZX]/.test(entry.state)) return 'gone';
  return entry.state.startsWith('T') ? 'paused' : 'alive';
}
