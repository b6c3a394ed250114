import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { gitEnvironment, SAFE_SETTINGS } from './git-environment.ts';

/**
 * Starts a command that reads one of our own repositories, for as much output as there is. It
 * reaches no network and is to be killed by whoever is done with it.
 */
export function streamGit(gitDir: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const settings = SAFE_SETTINGS.flatMap((setting) => ['-c', setting]);
  return spawn('git', [...settings, ...args], {
    cwd: gitDir,
    env: gitEnvironment(gitDir),
    windowsHide: true,
  });
}
