import type { Repos } from './change-feed.ts';
import type { Database } from './database.ts';
import { BinRepo } from './bin-repo.ts';
import { DeletionsRepo } from './deletions-repo.ts';
import { JobsRepo } from './jobs-repo.ts';
import { LeaseRepo } from './lease-repo.ts';
import { MarksRepo } from './marks-repo.ts';
import { NeedsRepo } from './needs-repo.ts';
import { OutputsRepo } from './outputs-repo.ts';
import { PresetsRepo } from './presets-repo.ts';
import { ProjectsRepo } from './projects-repo.ts';
import { QueueRunsRepo } from './queue-runs-repo.ts';
import { QueuesRepo } from './queues-repo.ts';
import { RemovalsRepo } from './removals-repo.ts';
import { ResultsRepo } from './results-repo.ts';
import { RunsRepo } from './runs-repo.ts';
import { SpecsRepo } from './specs-repo.ts';
import { StepsRepo } from './steps-repo.ts';
import { SweepDraftsRepo } from './sweep-drafts-repo.ts';
import { SweepsRepo } from './sweeps-repo.ts';
import { TrackedRepo } from './tracked-repo.ts';
import { WaitingRepo } from './waiting-repo.ts';

/** All repositories of a database. */
export const openRepos = (db: Database): Repos => ({
  bin: new BinRepo(db),
  deletions: new DeletionsRepo(db),
  lease: new LeaseRepo(db),
  marks: new MarksRepo(db),
  needs: new NeedsRepo(db),
  outputs: new OutputsRepo(db),
  presets: new PresetsRepo(db),
  projects: new ProjectsRepo(db),
  jobs: new JobsRepo(db),
  runs: new RunsRepo(db),
  queues: new QueuesRepo(db),
  queueRuns: new QueueRunsRepo(db),
  removals: new RemovalsRepo(db),
  results: new ResultsRepo(db),
  specs: new SpecsRepo(db),
  steps: new StepsRepo(db),
  sweepDrafts: new SweepDraftsRepo(db),
  sweeps: new SweepsRepo(db),
  tracked: new TrackedRepo(db),
  waiting: new WaitingRepo(db),
});
