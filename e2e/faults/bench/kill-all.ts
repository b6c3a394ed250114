import { readdirSync, readFileSync } from 'node:fs';

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

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
