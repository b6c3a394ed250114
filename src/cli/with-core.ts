import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { createCore, type Core } from '../core/create-core.ts';
import { dataDirOf } from '../core/host/data-dir.ts';
import { plural } from '../shared/format.ts';
import { say } from './output.ts';

/** The longest that a command waits for the copy of today. */
const BACKUP_MS = 10_000;

export interface Globals {
  json: boolean;
  dataDir: string;
}

/** The options that every command has. */
export function globalsOf(command: Command): Globals {
  const { json, dataDir } = command.optsWithGlobals<{ json?: boolean; dataDir?: string }>();
  return { json: json === true, dataDir: dataDirOf(dataDir) };
}

/** What the core starts, as it is built beside this file. */
export const BUILT = {
  workers: {
    snapshots: new URL('./snapshot-worker.js', import.meta.url),
    runReader: new URL('./run-reader.js', import.meta.url),
    runList: new URL('./run-list-worker.js', import.meta.url),
    logSearch: new URL('./log-search.js', import.meta.url),
    care: new URL('./care-worker.js', import.meta.url),
  },
  resources: fileURLToPath(new URL('../../resources', import.meta.url)),
};

/** Opens the core for one command and closes it in every case. */
export async function withCore<T>(
  command: Command,
  use: (core: Core, globals: Globals) => Promise<T>,
  role: 'terminal' | 'serve' = 'terminal',
): Promise<T> {
  const globals = globalsOf(command);
  const core = createCore({ role, dataDir: globals.dataDir, ...BUILT });
  tellTroubles(core);
  try {
    const result = await use(core, globals);
    // At most once a day; what keeps it from being made is told.
    await core.backUpIfDue(AbortSignal.timeout(BACKUP_MS)).catch(() => undefined);
    return result;
  } finally {
    sayWhatGoesOn(core);
    await core.close();
  }
}

/** Runs that this process started, such as those of others in a queue that it executed, outlive it. */
function sayWhatGoesOn({ activity, executorId }: Core): void {
  const going = activity.goingIn(executorId).length;
  if (going > 0)
    say(`${plural(going, 'run')} ${going === 1 ? 'goes' : 'go'} on without this command`);
}

/** A line for each thing that is wrong with the machine, once for as long as it lasts. */
function tellTroubles({ troubles }: Core): void {
  let told: string[] = [];
  troubles.on((now) => {
    for (const { code, text, next } of now) if (!told.includes(code)) say(`${text} ${next}`);
    if (now.length === 0) say('That is over: everything goes on.');
    told = now.map(({ code }) => code);
  });
}
