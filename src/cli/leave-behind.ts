import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts this program once more with these arguments, as a process that outlives this one. */
export async function leaveBehind(dataDir: string, ...args: string[]): Promise<void> {
  const argv = [process.argv[1]!, '--data-dir', dataDir, ...args];
  const child = spawn(process.execPath, argv, { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  child.unref();
}
