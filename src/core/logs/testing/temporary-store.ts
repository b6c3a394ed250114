import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createLogStore } from '../create-log-store.ts';
import type { LogStore } from '../log-store.ts';
import { LogSearches } from '../search/log-searches.ts';

const WORKER_FILE = new URL('../search/search-worker.ts', import.meta.url);
const folders = new WeakMap<LogStore, string>();

/** Searches in the logs of a store, over with the test. */
export function temporarySearches(store: LogStore): LogSearches {
  const searches = new LogSearches(WORKER_FILE, folders.get(store) ?? '');
  onTestFinished(() => searches.close());
  return searches;
}

export interface TemporaryStore {
  store: LogStore;
  folder: string;
  /** Another store on the same folder, as another process has it. */
  another: () => LogStore;
  logFile: (id: string) => string;
  indexFile: (id: string) => string;
}

/** A store in a folder of its own, removed after the test. */
export async function temporaryStore(): Promise<TemporaryStore> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-logs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = createLogStore(folder);
  folders.set(store, folder);
  return {
    store,
    folder,
    another: () => createLogStore(folder),
    logFile: (id) => join(folder, `${id}.log`),
    indexFile: (id) => join(folder, `${id}.idx`),
  };
}
