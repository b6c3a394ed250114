import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_BUILD, NO_ENVIRONMENT } from '../../shared/domain/job.ts';
import { JobsRepo } from './jobs-repo.ts';
import { openDatabase } from './open-database.ts';
import { ProjectsRepo } from './projects-repo.ts';
import { RunsRepo } from './runs-repo.ts';
import { StepsRepo } from './steps-repo.ts';
import { TrackedRepo } from './tracked-repo.ts';

/** A folder of its own for one test, removed afterwards. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real database file with its repositories. */
export function testDatabase(folder = testFolder()) {
  const db = openDatabase(join(folder, 'slipway.db'));
  onTestFinished(() => db.close());
  const repos = {
    projects: new ProjectsRepo(db),
    jobs: new JobsRepo(db),
    runs: new RunsRepo(db),
    steps: new StepsRepo(db),
    tracked: new TrackedRepo(db),
  };
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
});
