import type { Comparison, FileComparison, TreeComparison } from '../../shared/domain/comparison.ts';
import {
  treeOf,
  versionLabel,
  type BuildPlan,
  type EnvironmentPlan,
  type Job,
  type JobVersion,
  type Source,
} from '../../shared/domain/job.ts';
import { AppError } from '../../shared/errors.ts';
import { formatEntryPoint } from '../detect/entry-point.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import { changedFields } from './fields.ts';
import { changedLines } from './requirement-lines.ts';
import { schemaFields } from './schema-fields.ts';
import { typeFields } from './type-fields.ts';

/** Files that are listed, of those that differ. */
const FILES_LISTED = 2000;

/** A version with the job it is one of. */
export interface VersionOfJob {
  job: Job;
  version: JobVersion;
}

type Trees = Pick<Snapshots, 'compareTrees' | 'compareFile'>;

/** Everything two versions differ in, of one job or of two. */
export async function compareVersions(
  snapshots: Trees,
  before: VersionOfJob,
  after: VersionOfJob,
  signal: AbortSignal,
): Promise<Comparison> {
  const [a, b] = [before.version, after.version];
  const entryPoint = changedFields(entryPointField(a), entryPointField(b));
  return {
    before: sideOf(before),
    after: sideOf(after),
    same: a.digest === b.digest,
    source: changedFields(sourceFields(a.source), sourceFields(b.source)),
    entryPoint: entryPoint[0] ?? null,
    build: changedFields(buildFields(a.build), buildFields(b.build)),
    environment: {
      fields: changedFields(environmentFields(a.environment), environmentFields(b.environment)),
      requirements: changedLines(a.environment.requirements, b.environment.requirements),
    },
    inputs: changedFields(inputFields(a), inputFields(b)),
    outputs: changedFields(typeFields(a.types?.outputs), typeFields(b.types?.outputs)),
    files: await compareFiles(snapshots, a, b, signal),
  };
}

/**
 * How one file differs, as a unified patch; `from` is where a renamed file was.
 * @throws AppError `E_NOT_FOUND` when neither version has it
 */
export async function compareVersionFile(
  snapshots: Trees,
  before: JobVersion,
  after: JobVersion,
  file: { path: string; from?: string | undefined },
  signal: AbortSignal,
): Promise<FileComparison> {
  const pair = { before: treeOf(before.source), after: treeOf(after.source) };
  if (pair.before === null || pair.after === null) {
    throw new AppError('E_NOT_FOUND', 'A version of an image has no files.');
  }
  return snapshots.compareFile({ before: pair.before, after: pair.after, ...file }, signal);
}

function sideOf({ job, version }: VersionOfJob): Comparison['before'] {
  const label = `${job.projectName}/${job.name}:${versionLabel(version)}`;
  return { jobId: job.id, versionId: version.id, label, digest: version.digest };
}

/** What the run told that the version was made from, and what an attached schema says. */
const inputFields = ({ types, inputSchema }: JobVersion): Record<string, string | null> => ({
  ...typeFields(types?.inputs),
  ...schemaFields(inputSchema),
});

function compareFiles(
  snapshots: Trees,
  a: JobVersion,
  b: JobVersion,
  signal: AbortSignal,
): Promise<TreeComparison> | null {
  const [before, after] = [treeOf(a.source), treeOf(b.source)];
  if (before === null || after === null) return null;
  return snapshots.compareTrees({ before, after, limit: FILES_LISTED }, signal);
}

const entryPointField = ({ entryPoint }: JobVersion): Record<string, string | null> => ({
  'entry point': entryPoint.length > 0 ? formatEntryPoint(entryPoint) : null,
});

function sourceFields(source: Source): Record<string, string | null> {
  const { kind } = source;
  if (kind === 'image') {
    return { kind, image: source.reference, digest: source.digest, platform: source.platform };
  }
  if (kind === 'code') return { kind, snapshot: source.tree };
  const { remote, ref, commit, dirty, tree } = source;
  const changes = dirty && `on top of the commit, ${dirty.untracked.length} files untracked`;
  return { kind, remote, ref, commit, changes, snapshot: tree };
}

function buildFields({ args, ...plan }: BuildPlan): Record<string, string | null> {
  return {
    'build context': plan.context || null,
    dockerfile: plan.dockerfile,
    'target stage': plan.target,
    'base image': plan.baseImage,
    ...Object.fromEntries(Object.entries(args).map(([name, value]) => [`argument ${name}`, value])),
  };
}

const environmentFields = (plan: EnvironmentPlan): Record<string, string | null> => ({
  'dependencies from': plan.dependencies && `${plan.dependencies.path} (${plan.dependencies.kind})`,
  python: plan.python?.version ?? null,
});
