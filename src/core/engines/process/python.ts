import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { EnvironmentPlan } from '../../../shared/domain/job.ts';
import { AppError, cancelled } from '../../../shared/errors.ts';
import { KNOWN_PYTHONS, satisfies } from '../../detect/python-version.ts';
import { baseEnvironment } from './program-environment.ts';

export interface Python {
  /** Such as `3.11.7`. */
  version: string;
  /** The interpreter itself, behind any shim. */
  path: string;
}

type Wanted = EnvironmentPlan['python'];

/** Isolated mode: nothing of the current folder or the person's site is imported. */
const PROBE = 'import sys; print(*sys.version_info[:3], sep="."); print(sys.executable)';
const LIMIT_MS = 10_000;

const run = promisify(execFile);

/**
 * The Python 3 that virtual environments are made with, or null when PATH has none. With `wanted`,
 * one of that version, or of the range it was chosen from.
 * @throws AppError `E_PYTHON` when there are others, but none that fits.
 */
export async function findPython(
  signal: AbortSignal,
  wanted: Wanted = null,
): Promise<Python | null> {
  let other: Python | null = null;
  for (const name of namesOf(wanted)) {
    const found = await probe(name, signal);
    if (found && fits(found, wanted)) return found;
    other ??= found;
  }
  if (other && wanted) throw noFitting(wanted, other);
  return null;
}

/** The usual names first, since they are what the person works with. */
function namesOf(wanted: Wanted): string[] {
  const usual = ['python3', 'python'];
  if (!wanted) return usual;
  if (wanted.requires === undefined) return [...usual, `python${wanted.version}`];
  const { requires } = wanted;
  const known = KNOWN_PYTHONS.filter((version) => satisfies(version, requires));
  return [...usual, ...known.map((version) => `python${version}`)];
}

const fits = ({ version }: Python, wanted: Wanted): boolean => {
  if (!wanted) return true;
  const minor = version.split('.').slice(0, 2).join('.');
  return wanted.requires === undefined
    ? minor === wanted.version
    : satisfies(minor, wanted.requires);
};

function noFitting({ version, requires, evidence }: NonNullable<Wanted>, other: Python): AppError {
  const words = requires ?? version;
  return new AppError(
    'E_PYTHON',
    `The code asks for Python ${words} (${evidence}); this computer has ${other.version} at ${other.path}.`,
    { next: `Put a python${version} on PATH, launch on Docker, or change that line.` },
  );
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
