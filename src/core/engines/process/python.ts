import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cancelled } from '../../../shared/errors.ts';
import { baseEnvironment } from './program-environment.ts';

export interface Python {
  /** Such as `3.11.7`. */
  version: string;
  /** The interpreter itself, behind any shim. */
  path: string;
}

/** Isolated mode: nothing of the current folder or the person's site is imported. */
const PROBE = 'import sys; print(*sys.version_info[:3], sep="."); print(sys.executable)';
const LIMIT_MS = 10_000;

const run = promisify(execFile);

/** The Python 3 that virtual environments are made with, or null when PATH has none. */
export async function findPython(signal: AbortSignal): Promise<Python | null> {
  for (const name of ['python3', 'python']) {
    const found = await probe(name, signal);
    if (found) return found;
  }
  return null;
}

async function probe(name: string, signal: AbortSignal): Promise<Python | null> {
  try {
    const env = baseEnvironment(process.env);
    const options = { env, cwd: '/', timeout: LIMIT_MS, signal };
    const { stdout } = await run(name, ['-I', '-c', PROBE], options);
    return parseProbe(stdout);
  } catch {
    if (signal.aborted) throw cancelled('Looking for Python');
    // Not there, broken, or Python 2: all the same to who needs one.
    return null;
  }
}

/** Null for anything but Python 3. */
export function parseProbe(stdout: string): Python | null {
  const [version = '', path = ''] = stdout.trim().split('\n');
  return /^3\.\d+\.\d+$/.test(version) && path.startsWith('/') ? { version, path } : null;
}
