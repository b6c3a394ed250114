import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_BUILD, NO_ENVIRONMENT } from '../../shared/domain/job.ts';
import { openDatabase } from './open-database.ts';
import { openRepos } from './open-repos.ts';

/** A folder of its own for one test, removed afterwards. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real database file with its repositories. */
export function testDatabase(folder = testFolder(), busyMs?: number) {
  const db = openDatabase(join(folder, 'slipway.db'), busyMs);
  onTestFinished(() => db.close());
  const repos = openRepos(db);
  return { db, repos, folder };
}

const TREE = 'ab'.repeat(32);

/** A version of a job, with content that only `digest` tells apart. */
export const testVersion = (digest: string) => ({
  digest,
  source: {
    kind: 'code' as const,
    tree: TREE,
    folder: '/code',
    files: 1,
    bytes: 1,
    includedSecrets: [],
  },
  entryPoint: ['python', 'main.py'],
  environment: NO_ENVIRONMENT,
  build: DEFAULT_BUILD,
  types: null,
  inputSchema: null,
});
