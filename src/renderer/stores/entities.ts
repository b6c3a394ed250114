import { create } from 'zustand';
import type { EngineChoice } from '../../shared/domain/engine.ts';
import type { Job, JobVersion } from '../../shared/domain/job.ts';
import type { Project } from '../../shared/domain/project.ts';
import type { Queue } from '../../shared/domain/queue.ts';
import type { BuildStep, Run, RunEvent } from '../../shared/domain/run.ts';
import type { Sweep } from '../../shared/domain/sweep.ts';
import type { Trouble } from '../../shared/domain/trouble.ts';
import type { ErrorData } from '../../shared/errors.ts';

export type ById<T> = Readonly<Record<string, T>>;

/** What the database holds, as far as the window has asked for it. Written by `bridge/sync.ts` alone. */
export interface Entities {
  status: 'loading' | 'ready' | 'failed';
  error: ErrorData | null;
  projects: ById<Project>;
  jobs: ById<Job>;
  versions: ById<JobVersion>;
  runs: ById<Run>;
  sweeps: ById<Sweep>;
  queues: ById<Queue>;
  /** Timeline of each run, in order: whole once the run was opened, else what came since the start. */
  events: ById<readonly RunEvent[]>;
  /** Build steps of each run, in order; whole in the same way. */
  steps: ById<readonly BuildStep[]>;
  engine: EngineChoice | null;
  /** What is wrong with the machine now. */
  troubles: readonly Trouble[];
}

export const noEntities: Entities = {
  status: 'loading',
  error: null,
  projects: {},
  jobs: {},
  versions: {},
  runs: {},
  sweeps: {},
  queues: {},
  events: {},
  steps: {},
  engine: null,
  troubles: [],
};

export const useEntities = create<Entities>(() => noEntities);
