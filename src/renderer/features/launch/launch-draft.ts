import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import { formatCommand } from '../../lib/command-line.ts';

/** Stands for "the folder as it is now" among the version ids. */
export const FOLDER = 'folder';

export interface LaunchDraft {
  /** {@link FOLDER} or a version id; empty means the newest version. */
  code: string;
  /** Null while the version's own holds. */
  entryPoint: string | null;
  /** Null lets Slipway choose. */
  engine: EngineKind | null;
  /** Empty lets Slipway choose. */
  name: string;
}

/** The entry point that was typed, if it differs from the version's own. */
export function entryOverride(draft: LaunchDraft, version: JobVersion | undefined): string | null {
  const typed = draft.entryPoint?.trim();
  if (!typed || (version && typed === formatCommand(version.entryPoint))) return null;
  return typed;
}

/** The request a draft comes to; what was left as it is is not sent. */
export function launchInput(
  job: Job,
  draft: LaunchDraft,
  version: JobVersion | undefined,
): Omit<CommandInput<'launch'>, 'operationId'> {
  const entryPoint = entryOverride(draft, version);
  return {
    jobId: job.id,
    ...(draft.code !== FOLDER && version && { versionId: version.id }),
    ...(entryPoint !== null && { entryPoint }),
    ...(draft.engine && { engine: draft.engine }),
    ...(draft.name.trim() && { name: draft.name.trim() }),
  };
}

/** The same launch as words of the command line. */
export function launchCommand(
  job: Job,
  draft: LaunchDraft,
  version: JobVersion | undefined,
): string[] {
  const fromFolder = draft.code === FOLDER && job.folder !== null;
  const entryPoint = fromFolder ? draft.entryPoint : entryOverride(draft, version);
  const code =
    fromFolder && job.folder !== null
      ? ['-u', job.folder, '-J', job.name, '-p', job.projectName]
      : ['-j', `${job.fullName}:v${version?.number ?? job.latestVersion}`];
  return [
    'slipway',
    'launch',
    ...code,
    ...(entryPoint === null ? [] : ['-E', entryPoint]),
    ...(draft.engine ? ['-r', draft.engine] : []),
    ...(draft.name.trim() ? ['--name', draft.name.trim()] : []),
  ];
}
