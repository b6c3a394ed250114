import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import type { Queue, QueuePlacement } from '../../../shared/domain/queue.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import type { LaunchSpec } from '../../../shared/domain/launch-spec.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { isEmptySpec } from './launch-spec-of.ts';
import { startWords, type StartDraft } from './when/start-draft.ts';
import { specWords } from './spec-words.ts';

/** Stands for the source as it is now among the version ids. */
export const FRESH = 'fresh';

export interface LaunchDraft {
  /** {@link FRESH} or a version id; empty means the newest version. */
  code: string;
  /** Null while the version's own holds. */
  entryPoint: string | null;
  /** Null lets Slipway choose. */
  engine: EngineKind | null;
  /** Empty lets Slipway choose. */
  name: string;
  start: StartDraft;
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
  spec: LaunchSpec,
  queue?: QueuePlacement,
): Omit<CommandInput<'launch'>, 'operationId'> {
  const entryPoint = entryOverride(draft, version);
  return {
    jobId: job.id,
    ...(draft.code !== FRESH && version && { versionId: version.id }),
    ...(entryPoint !== null && { entryPoint }),
    ...(draft.engine && { engine: draft.engine }),
    ...(draft.name.trim() && { name: draft.name.trim() }),
    ...(!isEmptySpec(spec) && { spec }),
    ...(queue && { queue }),
  };
}

/** The words that take a source anew; null when it cannot be. */
function freshWords(job: Job, version: JobVersion | undefined): string[] | null {
  if (job.folder !== null) return ['-u', job.folder];
  const source = version?.source;
  if (source?.kind === 'image') return ['-d', source.reference];
  if (source?.kind !== 'git' || !version) return null;
  const { context, dockerfile } = version.build;
  return [
    '-u',
    source.remote,
    ...(source.ref === null ? [] : ['-g', source.ref]),
    ...(context ? ['--build-context', context] : []),
    ...(dockerfile === null ? [] : ['-D', dockerfile]),
  ];
}

/** What is typed counts for a source taken anew, which has no version yet; else only what differs. */
function entryWords(draft: LaunchDraft, version: JobVersion | undefined, fresh: boolean): string[] {
  const own = version && version.entryPoint.length > 0 ? formatCommand(version.entryPoint) : null;
  const text = fresh ? (draft.entryPoint ?? own) : entryOverride(draft, version);
  return text === null ? [] : ['-E', text];
}

/** The same launch as words of the command line. */
export function launchCommand(
  job: Job,
  draft: LaunchDraft,
  version: JobVersion | undefined,
  spec: LaunchSpec,
  queue?: Queue,
): string[] {
  const fresh = draft.code === FRESH ? freshWords(job, version) : null;
  const code = fresh
    ? [...fresh, '-J', job.name, '-p', job.projectName]
    : ['-j', `${job.fullName}:v${version?.number ?? job.latestVersion}`];
  return [
    'slipway',
    'launch',
    ...code,
    ...entryWords(draft, version, fresh !== null),
    ...(draft.engine ? ['-r', draft.engine] : []),
    ...(draft.name.trim() ? ['--name', draft.name.trim()] : []),
    ...startWords(draft.start, queue),
    ...specWords(spec),
  ];
}
