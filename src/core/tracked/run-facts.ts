import { basename } from 'node:path';
import { isRecord } from '../../shared/is-record.ts';
import { withoutUserinfo } from './git-remote.ts';
import type { RunBuilder } from './run-builder.ts';
import { parseRunFolderName, runIdOfLog } from './run-folder-name.ts';
import type { TrackedEnvironment, TrackedRun, TrackedValues } from './tracked-run.ts';

type Identity = Pick<
  TrackedRun,
  | 'runId'
  | 'displayName'
  | 'project'
  | 'entity'
  | 'notes'
  | 'tags'
  | 'group'
  | 'jobType'
  | 'jobName'
  | 'jobSource'
  | 'fromJob'
>;

/** Who the run is. A log that does not say is named by its file or its folder. */
export function identityOf(folder: string, log: string | null, builder: RunBuilder): Identity {
  const { runId, displayName, project, entity, notes, group, jobType } = builder.texts;
  const nameId = parseRunFolderName(folder)?.runId ?? (log && runIdOfLog(log));
  return {
    runId: runId ?? nameId ?? basename(folder),
    displayName: displayName ?? null,
    project: project ?? null,
    entity: entity ?? null,
    notes: notes ?? null,
    tags: builder.tags,
    group: group ?? null,
    jobType: jobType ?? null,
    ...builder.finishSettings(),
    fromJob: builder.fromJob,
  };
}

type Times = Pick<
  TrackedRun,
  'startedAt' | 'endedAt' | 'lastSeenAt' | 'exitCode' | 'runtimeSeconds'
>;

/** When the run started and ended, and how. */
export function timesOf(
  folder: string,
  builder: RunBuilder,
  environment: TrackedEnvironment,
  summary: TrackedValues,
): Times {
  const startedAt =
    builder.startedAt ?? environment.startedAt ?? parseRunFolderName(folder)?.startedAt ?? null;
  const { exit, lastSeenAt } = builder;
  const runtimeSeconds = exit?.runtimeSeconds ?? runtimeOf(summary);
  // The exit record has no time, and its runtime is in whole seconds.
  const ends = [lastSeenAt, startedAt !== null && exit && startedAt + exit.runtimeSeconds * 1000];
  const known = ends.filter((end) => typeof end === 'number');
  return {
    startedAt: whole(startedAt),
    endedAt: exit && known.length > 0 ? Math.floor(Math.max(...known)) : null,
    lastSeenAt: whole(lastSeenAt),
    exitCode: exit?.code ?? null,
    runtimeSeconds,
  };
}

/** The SDK's times have fractions of a millisecond. */
const whole = (time: number | null): number | null => (time === null ? null : Math.floor(time));

function runtimeOf(summary: TrackedValues): number | null {
  const own = summary['_wandb'];
  const runtime = isRecord(own) ? own['runtime'] : summary['_runtime'];
  return typeof runtime === 'number' && Number.isFinite(runtime) ? runtime : null;
}

const NOTHING: TrackedEnvironment = {
  os: null,
  python: null,
  program: null,
  codePath: null,
  codePathLocal: null,
  args: [],
  root: null,
  host: null,
  username: null,
  executable: null,
  docker: null,
  git: { remote: null, commit: null },
  startedAt: null,
};

/** What the log says of the environment, and what only the metadata file says. */
export function environmentOf(
  logged: Partial<TrackedEnvironment>,
  filed: Partial<TrackedEnvironment>,
): TrackedEnvironment {
  const environment = { ...NOTHING, ...filed, ...withoutEmpty(logged) };
  const { remote, commit } = environment.git;
  return {
    ...environment,
    python: /\d+\.\d+/.exec(environment.python ?? '')?.[0] ?? null,
    git: { remote: remote === null ? null : withoutUserinfo(remote), commit },
  };
}

/** Protocol buffers cannot tell an empty text from none. */
const withoutEmpty = (found: Partial<TrackedEnvironment>): Partial<TrackedEnvironment> =>
  Object.fromEntries(Object.entries(found).filter(([, value]) => value !== '' && value !== null));
