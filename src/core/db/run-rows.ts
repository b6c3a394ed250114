import { userInfo } from 'node:os';
import {
  PRIORITIES,
  runEventSchema,
  runSchema,
  type Run,
  type RunEvent,
} from '../../shared/domain/run.ts';

export const SELECT_RUN = `
  SELECT run.*, project.name AS project_name, job.name AS job_name,
    job.binned_at AS job_binned_at, v.number AS version_number, queue.name AS queue_name
  FROM run JOIN project ON project.id = run.project_id JOIN job ON job.id = run.job_id
  JOIN job_version v ON v.id = run.version_id LEFT JOIN queue ON queue.id = run.queue_id`;

export const SELECT_ATTEMPT = `
  SELECT id, run_id AS runId, environment_id AS environmentId, ref,
    start_requested_at AS startRequestedAt, stop_sent_at AS stopSentAt, over_time_at AS overTimeAt,
    secret_stamps AS secretStamps,
    engine_gap AS engineGap
  FROM attempt`;

export const SELECT_EVENT = 'SELECT seq, run_id AS runId, at, state, text FROM run_event';

interface RunRow extends Record<string, unknown> {
  reason: string | null;
  entry_point: string;
  environment: string | null;
  engine_reachable: number;
  paused: number;
  config: string | null;
  summary: string | null;
  usage: string | null;
  tracked: string | null;
  sweep_id: string | null;
  queue_id: string | null;
  priority: number;
  tags: string;
}

/** Who everything on this data folder belongs to. */
export const OWNER = userInfo().username;

/** Stands in the engine column for a run that was imported. */
export const NO_ENGINE = 'none';

/** Checks and shapes a row of {@link SELECT_RUN}. */
export function toRun(raw: unknown): Run {
  const row = raw as RunRow;
  return runSchema.parse({
    id: row['id'],
    projectId: row['project_id'],
    projectName: row['project_name'],
    jobId: row['job_id'],
    jobName: row['job_name'],
    versionId: row['version_id'],
    versionNumber: row['version_number'],
    name: row['name'],
    state: row['state'],
    reason: row.reason && JSON.parse(row.reason),
    exitCode: row['exit_code'],
    engine: row['engine'] === NO_ENGINE ? null : row['engine'],
    entryPoint: JSON.parse(row.entry_point),
    environment: row.environment && JSON.parse(row.environment),
    rewrite: row['rewrite'] === 1,
    config: row.config && JSON.parse(row.config),
    summary: row.summary && JSON.parse(row.summary),
    usage: row.usage && JSON.parse(row.usage),
    tracked: row.tracked && JSON.parse(row.tracked),
    sweep: row.sweep_id === null ? null : { id: row.sweep_id, cell: row['cell'] },
    retryOf: row['retry_of'],
    tryNumber: row['try'],
    queue: row.queue_id === null ? null : { id: row.queue_id, name: row['queue_name'] },
    priority: PRIORITIES[row.priority],
    notBefore: row['not_before'],
    log: { state: row['log_state'], reason: row['log_reason'] },
    engineReachable: row.engine_reachable === 1,
    paused: row.paused === 1,
    creator: row['creator'] ?? OWNER,
    starred: row['starred'] === 1,
    tags: JSON.parse(row.tags),
    notes: row['notes'],
    // With its job, whichever was first.
    binnedAt: row['binned_at'] ?? row['job_binned_at'],
    createdAt: row['created_at'],
    startedAt: row['started_at'],
    endedAt: row['ended_at'],
    durationMs: row['duration_ms'],
    stopRequestedAt: row['stop_requested_at'],
  });
}

export const toRunEvent = (row: unknown): RunEvent => runEventSchema.parse(row);
