import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type ProcessEntry, type ProcessIdentity, readProcess } from './process-identity.ts';

/**
 * The variable that marks every process of an attempt with its folder, so that those are found as
 * well which made a session of their own. A folder, since ids are unique in one data folder only.
 */
export const ATTEMPT_VARIABLE = 'SLIPWAY_ATTEMPT_FOLDER';

const SWEEP_LIMIT_MS = 5000;

/** Sends a signal to a process, or with a negative pid to its group. Harmless when it is gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: the only ones left are dead (macOS) or have become another user's (sudo).
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/**
 * Kills what is left of an attempt: its process group, its session, and on Linux whatever else
 * carries its mark. Ends when nothing is left, or after 5 s (a process stuck in the kernel cannot
 * be killed by anybody).
 */
export async function sweep(leader: ProcessIdentity, folder: string): Promise<void> {
  const end = performance.now() + SWEEP_LIMIT_MS;
  while ((await sweepOnce(leader, folder)) > 0 && performance.now() < end) await pause(10);
}

/** Returns how many processes were sent the signal. */
async function sweepOnce(leader: ProcessIdentity, folder: string): Promise<number> {
  const holder = await readProcess(leader.pid);
  // The system gives a pid to a new process only when no group or session of that id is left.
  const ours = holder ? holder.born === leader.born : await sameBoot(leader);
  if (process.platform !== 'linux') {
    if (ours) signalProcess(-leader.pid, 'SIGKILL');
    return 0;
  }
  const members = await membersOf(ours ? leader.pid : null, folder);
  for (const { pid } of members) signalProcess(pid, 'SIGKILL');
  return members.length;
}

async function sameBoot(leader: ProcessIdentity): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const own = await readProcess(process.pid);
  return own?.born.split(' ')[0] === leader.born.split(' ')[0];
}

async function membersOf(leader: number | null, folder: string): Promise<ProcessEntry[]> {
  const mark = Buffer.from(`\0${ATTEMPT_VARIABLE}=${folder}\0`);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const entry = await readProcess(pid);
      if (!entry || /^[ZX]/.test(entry.state)) return null;
      const related = leader !== null && (entry.group === leader || entry.session === leader);
      return related || (await isMarked(pid, mark)) ? entry : null;
    }),
  );
  return found.filter((entry) => entry !== null);
}

/** The environment a process was started with; unreadable for those of other users. */
async function isMarked(pid: number, mark: Buffer): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`).catch(() => null);
  return environment !== null && Buffer.concat([Buffer.of(0), environment]).includes(mark);
}
