import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cancelled } from '../../../shared/errors.ts';
import { checkCancelled } from '../../scope.ts';
import { signalProcess } from './process-group.ts';

export interface ToolRequest {
  /** First word: an absolute path. */
  argv: string[];
  cwd: string;
  env: Record<string, string>;
  /** Path of process-supervisor.sh. */
  supervisorFile: string;
  /** Takes stdout and stderr as one. A returned promise is back-pressure. */
  onOutput: (bytes: Buffer) => Promise<void> | void;
}

/**
 * Runs a tool to its end in a process group of its own, and returns its exit status (128 + n for
 * signal n). Cancelling kills the whole group, and so does the death of this process, however
 * sudden: the tool's watcher holds the reading end of a pipe.
 */
export async function runTool(request: ToolRequest, signal: AbortSignal): Promise<number> {
  checkCancelled(signal, 'The step');
  const { argv, cwd, env, supervisorFile } = request;
  const child = spawn('/bin/sh', [supervisorFile, 'tool', ...argv], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const kill = () => killGroup(child);
  signal.addEventListener('abort', kill, { once: true });
  try {
    await forward(child.stdout, request.onOutput);
    const [code] = await ended;
    checkCancelled(signal, 'The step');
    return code ?? 137;
  } catch (error) {
    // The output breaks off when the group is killed.
    throw signal.aborted ? cancelled('The step') : error;
  } finally {
    signal.removeEventListener('abort', kill);
    if (child.exitCode === null && child.signalCode === null) {
      kill();
      await ended;
    }
  }
}

async function forward(
  stdout: NodeJS.ReadableStream,
  onOutput: ToolRequest['onOutput'],
): Promise<void> {
  for await (const bytes of stdout) await onOutput(bytes as Buffer);
}

function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) signalProcess(-child.pid, 'SIGKILL');
  // A process that left the group may hold the pipe open.
  child.stdout?.destroy();
}
