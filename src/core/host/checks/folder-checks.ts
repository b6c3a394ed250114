import { accessSync, constants, statfsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fine, wrong, type Check } from './check.ts';

/** Below this the data folder's disk counts as nearly full. */
const LOW_SPACE_BYTES = 2 * 2 ** 30;
/** Open files that a busy app needs, with room to spare. */
const ENOUGH_FILES = 512;

/**
 * File systems of other machines, by the number that statfs tells (Linux, `include/uapi/linux/magic.h`).
 * SQLite's locks and its shared memory do not work over them (sqlite.org/wal.html).
 */
const NETWORK: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xfe534d42: 'SMB',
  0xff534d42: 'CIFS',
  0x01021997: '9P',
  0x5346414f: 'AFS',
  0x00c36400: 'Ceph',
};

export const dataFolderCheck = (dataDir: string, statfs = statfsSync): Check => ({
  id: 'data-folder',
  title: 'Data folder',
  look: () => {
    const fix = 'Make the folder yours, or choose another with --data-dir.';
    try {
      accessSync(dataDir, constants.W_OK);
    } catch {
      return wrong('missing', `${dataDir} cannot be written`, fix);
    }
    const network = NETWORK[statfs(dataDir).type];
    if (network === undefined) return fine(dataDir);
    const text = `${dataDir} is on a network file system (${network}), where databases can be damaged`;
    return wrong('warning', text, 'Choose a folder on a disk of this machine with --data-dir.');
  },
});

export const spaceCheck = (dataDir: string): Check => ({
  id: 'disk-space',
  title: 'Disk space',
  look: () => {
    const { bavail, bsize } = statfsSync(dataDir);
    const free = bavail * bsize;
    const text = `${(free / 2 ** 30).toFixed(1)} GiB free on the disk of the data folder`;
    if (free >= LOW_SPACE_BYTES) return fine(text);
    return wrong('warning', text, 'Free some space: snapshots, logs and builds need it.');
  },
});

/** Where the system tells (Linux). */
export const filesCheck = (): Check => ({
  id: 'open-files',
  title: 'Open files',
  look: async () => {
    const limit = openFileLimit();
    if (limit === null) return fine('no limit that can be read here');
    const open = (await readdir('/proc/self/fd').catch(() => [])).length;
    const text = `${open} open, at most ${limit}`;
    if (limit - open >= ENOUGH_FILES) return fine(text);
    return wrong('warning', text, 'Raise the limit before Slipway is started: ulimit -n 4096');
  },
});

function openFileLimit(): number | null {
  const report = process.report.getReport() as { userLimits?: Record<string, { soft?: unknown }> };
  const soft = report.userLimits?.['open_files']?.soft;
  return typeof soft === 'number' ? soft : null;
}
