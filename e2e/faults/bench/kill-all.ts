import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Processes whose command line names the data folder: cores, commands, and what they left behind. */
export function processesOn(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => commandLine(name).split('\0').includes(dataDir))
    .map(Number);
}

/** Ends, as `kill -9` does, every process of Slipway on a data folder. Those that are new meanwhile too. */
export function killAll(dataDir: string): void {
  for (let found = processesOn(dataDir); found.length > 0; found = processesOn(dataDir)) {
    for (const pid of found) kill(pid);
  }
}

/** Processes that a process started, and those that they started, which run the program. */
export function programsBelow(pid: number, program: string): number[] {
  const parents = parentsOfAll();
  const isBelow = (one: number | undefined): boolean =>
    one !== undefined && (one === pid || isBelow(parents.get(one)));
  return [...parents]
    .filter(([, parent]) => isBelow(parent))
    .map(([one]) => one)
    .filter((one) => basename(commandLine(String(one)).split('\0')[0]!) === program);
}

function parentsOfAll(): Map<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(pids.map((pid) => [Number(pid), parentOf(pid)]));
}

function parentOf(pid: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** `kill -9`, which may come too late. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
