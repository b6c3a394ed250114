import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { parse } from 'node:path';
import { gitEnvironment, SAFE_SETTINGS } from './git-environment.ts';

/**
 * Starts a command that reads one of our own repositories, for as much output as there is. It
 * reaches no network and is to be killed by whoever is done with it.
 */
export function streamGit(gitDir: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const settings = SAFE_SETTINGS.flatMap((setting) => ['-c', setting]);
  return spawn('git', [...settings, ...args], {
    // Git goes by GIT_DIR alone; a folder that is gone must not look like a program that is.
    cwd: parse(gitDir).root,
    env: gitEnvironment(gitDir),
    windowsHide: true,
  });
}
