import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What runs there are, as the command line lists them. */
interface Lists {
  json<T>(...args: string[]): Promise<T>;
}

/** Docker's own command line: the second witness of what the app says. */
const command = async (...args: string[]): Promise<string> =>
  (await execute('docker', args)).stdout.trim();

/** Names of the containers of these runs, in any state. */
async function containersOf(runIds: string[]): Promise<string[]> {
  const names = (await command('ps', '--all', '--format', '{{.Names}}')).split('\n');
  return names.filter((name) => runIds.some((id) => name.startsWith(`slipway-${id}-`)));
}

export const docker = {
  command,
  containersOf,
  /** After a test that failed half-way. */
  removeLeftOvers: async (slipway: Lists) => {
    const runs = await slipway.json<{ id: string }[]>('run', 'list');
    // A data folder that a test spoiled has no list.
    if (!Array.isArray(runs)) return;
    const names = await containersOf(runs.map((run) => run.id));
    if (names.length > 0) await command('rm', '--force', ...names);
  },
};
