import { accessSync, constants, statfsSync } from 'node:fs';
import type { DoctorReport, EngineStatus, HealthCheck } from '../../shared/domain/engine.ts';
import type { EngineChooser } from './engine-chooser.ts';

/** Below this the data folder's disk counts as nearly full. */
const LOW_SPACE_BYTES = 2 * 2 ** 30;

/** What is there, what is missing, and how to mend it. */
export async function examine(
  dataDir: string,
  chooser: EngineChooser,
  signal: AbortSignal,
): Promise<DoctorReport> {
  const choice = await chooser.choice(signal);
  const engines = choice.engines.map((status) => engineCheck(status, choice.kind));
  return { choice, checks: [...engines, dataFolderCheck(dataDir), spaceCheck(dataDir)] };
}

function engineCheck(status: EngineStatus, chosen: string): HealthCheck {
  return {
    id: `engine-${status.kind}`,
    title: status.kind === 'docker' ? 'Docker engine' : 'Process engine',
    // An engine that is not used is worth a word, not an alarm.
    status: status.available ? 'ok' : status.kind === chosen ? 'missing' : 'warning',
    text: status.text,
    fix: status.fix,
  };
}

function dataFolderCheck(dataDir: string): HealthCheck {
  const check = { id: 'data-folder', title: 'Data folder' };
  try {
    accessSync(dataDir, constants.W_OK);
    return { ...check, status: 'ok', text: dataDir, fix: null };
  } catch {
    const fix = 'Make the folder yours, or choose another with --data-dir.';
    return { ...check, status: 'missing', text: `${dataDir} cannot be written`, fix };
  }
}

function spaceCheck(dataDir: string): HealthCheck {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const low = free < LOW_SPACE_BYTES;
  return {
    id: 'disk-space',
    title: 'Disk space',
    status: low ? 'warning' : 'ok',
    text: `${(free / 2 ** 30).toFixed(1)} GiB free on the disk of the data folder`,
    fix: low ? 'Free some space: snapshots, logs and builds need it.' : null,
  };
}
