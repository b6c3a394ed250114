import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { AppError, toErrorData } from '../../shared/errors.ts';
import type { EnvironmentPlan, Job, JobVersion, Source } from '../../shared/domain/job.ts';
import { checkName, safeName } from '../../shared/domain/names.ts';
import { DEFAULT_PROJECT, type Project } from '../../shared/domain/project.ts';
import type { LeftOut, SnapshotPreview, TreeEntry } from '../../shared/domain/snapshot.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import { entryPointCandidates } from '../detect/candidates.ts';
import { parseEntryPoint } from '../detect/entry-point.ts';
import { planEnvironment } from '../detect/environment.ts';
import type { Control, Snapshots } from '../snapshots/snapshots.ts';
import { readFolderText } from './folder-text.ts';

export interface FolderJobRequest {
  folder: string;
  /** Left away: those that the newest version of this job from this folder holds. */
  includeSecrets?: string[] | undefined;
  name: string;
  project: string;
  /** As typed, or already split into words. */
  entryPoint: string | string[];
}

/** A version made from a folder, or found unchanged. */
export interface FolderJob {
  job: Job;
  version: JobVersion;
  created: boolean;
  leftOut: LeftOut[];
}

/** Largest file that detection reads, in bytes. */
const DETECT_LIMIT = 1 << 20;

/** Makes jobs and versions, and finds them again. */
export class JobService {
  readonly #repos: Repos;
  readonly #snapshots: Snapshots;
  readonly #clock: Clock;

  constructor(parts: { repos: Repos; snapshots: Snapshots; clock: Clock }) {
    this.#repos = parts.repos;
    this.#snapshots = parts.snapshots;
    this.#clock = parts.clock;
    if (!this.#repos.projects.byName(DEFAULT_PROJECT)) {
      this.#repos.projects.ensure(DEFAULT_PROJECT, this.#clock.now());
    }
  }

  /** The project of that name, made if it is not there. @throws AppError `E_NAME` */
  project(name: string): Project {
    const checked = checkName('project', name);
    return (
      this.#repos.projects.byName(checked) ??
      this.#repos.projects.ensure(checked, this.#clock.now())
    );
  }

  /** @throws AppError `E_NOT_FOUND` */
  get(jobId: string): Job {
    const job = this.#repos.jobs.get(jobId);
    if (job) return job;
    throw new AppError('E_NOT_FOUND', `There is no job "${jobId}".`);
  }

  /** @throws AppError `E_NOT_FOUND` */
  version(versionId: string): JobVersion {
    const version = this.#repos.jobs.version(versionId);
    if (version) return version;
    throw new AppError('E_NOT_FOUND', `There is no job version "${versionId}".`);
  }

  describe(jobId: string, description: string): Job {
    this.#repos.jobs.describe(this.get(jobId).id, description);
    return this.get(jobId);
  }

  /** The files of a version, at most `limit` entries: the lists of huge trees would stop the window. */
  entries(version: JobVersion, limit?: number): Promise<TreeEntry[]> {
    return this.#snapshots.entries(version.source.tree, limit);
  }

  /** The words of an entry point that can start the version. @throws AppError `E_ENTRYPOINT...` */
  async entryPointFor(version: JobVersion, text: string): Promise<string[]> {
    const words = parseEntryPoint(text);
    await this.#snapshots.examine(version.source.tree, words);
    return words;
  }

  /** What a job made from the folder would hold, and what was found out about it; stores nothing. */
  async preview(
    folder: string,
    includeSecrets: string[],
    control: Control,
  ): Promise<SnapshotPreview> {
    const preview = await this.#snapshots.preview(folder, { includeSecrets }, control);
    const readText = (path: string) => readFolderText(folder, path, DETECT_LIMIT);
    const plan = await planEnvironment(preview.topLevel, readText).catch((error: unknown) =>
      toErrorData(error),
    );
    const problem = 'code' in plan ? plan.message : null;
    return {
      ...preview,
      notes: problem === null ? preview.notes : [problem, ...preview.notes],
      entryPoints: await entryPointCandidates(preview.topLevel, readText),
      dependencies: 'code' in plan ? null : (plan.dependencies?.path ?? null),
      suggestedName: safeName(basename(preview.folder)) || 'job',
    };
  }

  /**
   * Freezes the folder and makes the job of that name, or a new version of it; the same content again
   * makes none. When it throws there is neither a job nor a project that was not there before.
   * @throws AppError for a name, entry point or folder that cannot be used.
   */
  async createFromFolder(request: FolderJobRequest, control: Control): Promise<FolderJob> {
    const name = checkName('job', request.name);
    const projectName = checkName('project', request.project);
    const entryPoint =
      typeof request.entryPoint === 'string'
        ? parseEntryPoint(request.entryPoint)
        : request.entryPoint;
    const { folder } = request;
    const known = this.#jobNamed(projectName, name);
    const includeSecrets = request.includeSecrets ?? this.#secretsOf(known, folder);
    const frozen = await this.#snapshots.freeze(folder, { includeSecrets }, control);
    const source: Source = {
      kind: 'code',
      tree: frozen.digest,
      folder,
      files: frozen.files,
      bytes: frozen.bytes,
      includedSecrets: includeSecrets,
    };
    const same = known && this.#sameAsLatest(known, frozen.digest, entryPoint);
    if (known && same && known.folder === folder) {
      return { job: known, version: same, created: false, leftOut: frozen.leftOut };
    }
    const environment = await this.#snapshots.examine(frozen.digest, entryPoint);
    const added = this.#repos.jobs.addVersion(
      { projectId: this.project(projectName).id, name, folder },
      {
        digest: versionDigest(frozen.digest, entryPoint, environment),
        source,
        entryPoint,
        environment,
      },
      this.#clock.now(),
    );
    return { ...added, leftOut: frozen.leftOut };
  }

  /** The folder of a code job as it is now: a new version if it changed since the newest. */
  freezeAgain(job: Job, control: Control): Promise<{ version: JobVersion; created: boolean }> {
    const latest = this.#repos.jobs.latestVersion(job.id);
    if (!latest || job.folder === null) {
      throw new AppError(
        'E_SOURCE_NOT_FOUND',
        `The job "${job.name}" has no folder to take code from.`,
        {
          next: 'Launch one of its versions instead.',
        },
      );
    }
    return this.createFromFolder(
      {
        folder: job.folder,
        includeSecrets: latest.source.includedSecrets,
        name: job.name,
        project: job.projectName,
        entryPoint: latest.entryPoint,
      },
      control,
    );
  }

  #jobNamed(projectName: string, name: string): Job | null {
    const project = this.#repos.projects.byName(projectName);
    return project && this.#repos.jobs.byName(project.id, name);
  }

  #secretsOf(job: Job | null, folder: string): string[] {
    if (job?.folder !== folder) return [];
    return this.#repos.jobs.latestVersion(job.id)?.source.includedSecrets ?? [];
  }

  #sameAsLatest(job: Job, tree: string, entryPoint: string[]): JobVersion | null {
    const latest = this.#repos.jobs.latestVersion(job.id);
    const same =
      latest?.source.tree === tree &&
      JSON.stringify(latest.entryPoint) === JSON.stringify(entryPoint);
    return same ? latest : null;
  }
}

function versionDigest(tree: string, entryPoint: string[], environment: EnvironmentPlan): string {
  const identity = JSON.stringify([
    tree,
    entryPoint,
    environment.dependencies,
    environment.requirements,
  ]);
  return createHash('sha256').update(identity).digest('hex');
}
