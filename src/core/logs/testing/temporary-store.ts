import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createLogStore } from '../create-log-store.ts';
import type { LogStore } from '../log-store.ts';

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
  return {
    store: createLogStore(folder),
    folder,
    another: () => createLogStore(folder),
    logFile: (id) => join(folder, `${id}.log`),
    indexFile: (id) => join(folder, `${id}.idx`),
  };
}
