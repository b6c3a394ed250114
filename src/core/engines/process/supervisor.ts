import { type ChildProcess, spawn } from 'node:child_process';
import { link, open, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { checkCancelled, delay } from '../../scope.ts';
import type { Attempt } from './attempt-store.ts';
import { startWords } from './delivery.ts';
import { unlessMissing } from './file-errors.ts';
import type { ProcessIdentity } from './process-identity.ts';

/**
 * What decided the start of an attempt, for good: a supervisor that runs the program, or somebody
 * who saw to it that it never runs. See `claim` in process-supervisor.sh.
 */
export type Claim =
  | { kind: 'supervisor'; supervisor: ProcessIdentity; startedAt: number }
  | { kind: 'never'; at: number };

const START_LIMIT_MS = 30_000;
const NEVER = '0 never\n';

/** The script that watches over programs. `resources`: the folder of that name, outside any archive. */
export const supervisorFile = (resources: string): string =>
  join(resources, 'process-supervisor.sh');

const claimFile = (attempt: Attempt): string => join(attempt.folder, 'supervisor');

/** Null while the attempt has not started. */
export async function readClaim(attempt: Attempt): Promise<Claim | null> {
  const file = claimFile(attempt);
  const text = await unlessMissing(readFile(file, 'utf8'));
  const facts = await unlessMissing(stat(file));
  if (text === null || facts === null) return null;
  const [pid = '', ...born] = text.trim().split(' ');
  if (pid === '0') return { kind: 'never', at: facts.mtimeMs };
  const supervisor = { pid: Number(pid), born: born.join(' ') };
  return { kind: 'supervisor', supervisor, startedAt: facts.mtimeMs };
}

/** Makes sure that the program never starts. False when it has started already. */
export async function forbidStart(attempt: Attempt): Promise<boolean> {
  const own = join(attempt.folder, `supervisor.never-${process.pid}`);
  await writeFile(own, NEVER);
  try {
    await link(own, claimFile(attempt));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await unlink(own);
  }
}

/**
 * Starts a supervisor in a session of its own and waits for the claim. It may lose the claim to
 * another one, so that starting twice, even at the same moment, runs the program once.
 */
export async function start(
  attempt: Attempt,
  resources: string,
  signal: AbortSignal,
): Promise<Claim> {
  checkCancelled(signal, 'Starting the run');
  const child = await spawnSupervisor(attempt, resources);
  const limit = performance.now() + START_LIMIT_MS;
  for (;;) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    const claim = await readClaim(attempt);
    if (claim) return claim;
    if (ended || performance.now() > limit) return giveUp(attempt);
    await delay(5, signal);
  }
}

async function spawnSupervisor(attempt: Attempt, resources: string): Promise<ChildProcess> {
  const program = [attempt.program, ...attempt.argv.slice(1)];
  const words = [attempt.folder, ...(await startWords(attempt.folder, program, resources))];
  const stdout = await open(attempt.stdout, 'a');
  const stderr = await open(attempt.stderr, 'a');
  try {
    const child = spawn('/bin/sh', [supervisorFile(resources), 'run', ...words], {
      cwd: attempt.code,
      env: attempt.env,
      detached: true,
      stdio: ['ignore', stdout.fd, stderr.fd],
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    return child;
  } catch (error) {
    throw notStarted(attempt, (error as Error).message, error);
  } finally {
    await stdout.close();
    await stderr.close();
  }
}

/** The supervisor did not come up. It must not do so later, behind the back of whoever was told. */
async function giveUp(attempt: Attempt): Promise<Claim> {
  if (await forbidStart(attempt)) {
    const text = await readFile(attempt.stderr, 'utf8');
    throw notStarted(attempt, text || 'The shell that watches over the program did not come up.');
  }
  return (await readClaim(attempt)) ?? giveUp(attempt);
}

function notStarted(attempt: Attempt, detail: string, cause?: unknown): AppError {
  const tooLong = detail.includes('E2BIG');
  return new AppError('E_START', `"${attempt.argv[0]}" could not be started.`, {
    next: tooLong
      ? 'The arguments are longer than the system allows: put them into a file.'
      : 'Check that the disk has space and that more processes may be started, then try again.',
    detail,
    ...(cause !== undefined && { cause }),
  });
}
