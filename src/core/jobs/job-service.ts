import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { treeOf, versionLabel, type Job, type JobVersion } from '../../shared/domain/job.ts';
import { checkName, safeName } from '../../shared/domain/names.ts';
import { DEFAULT_PROJECT, type Project } from '../../shared/domain/project.ts';
import type { SnapshotPreview, TreeEntry } from '../../shared/domain/snapshot.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import { parseEntryPoint } from '../detect/entry-point.ts';
import type { Control, Snapshots } from '../snapshots/snapshots.ts';
import { checkAlias } from './aliases.ts';
import { noJob } from './maker-errors.ts';

/** Finds jobs and versions, and changes what may change of them. */
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
    throw noJob(jobId);
  }

  /** @throws AppError `E_NOT_FOUND` */
  version(versionId: string): JobVersion {
    const version = this.#repos.jobs.version(versionId);
    if (version) return version;
    throw new AppError('E_NOT_FOUND', `There is no job version "${versionId}".`, {
      next: 'It may have been deleted meanwhile. See `slipway job list`.',
    });
  }

  describe(jobId: string, description: string): Job {
    this.#repos.jobs.describe(this.get(jobId).id, description);
    return this.get(jobId);
  }

  /** The files of a version, at most `limit` entries: the lists of huge trees would stop the window. */
  async entries(version: JobVersion, limit?: number): Promise<TreeEntry[]> {
    const tree = treeOf(version.source);
    return tree === null ? [] : this.#snapshots.entries(tree, limit);
  }

  /** The words of an entry point that can start the version. @throws AppError `E_ENTRYPOINT...` */
  async entryPointFor(version: JobVersion, text: string): Promise<string[]> {
    const words = parseEntryPoint(text);
    const tree = treeOf(version.source);
    if (tree !== null) {
      await this.#snapshots.examine(tree, { entryPoint: words, build: version.build });
    }
    return words;
  }

  /** What a job made from the folder would hold, and what was found out about it; stores nothing. */
  async preview(
    folder: string,
    includeSecrets: string[],
    control: Control,
  ): Promise<SnapshotPreview> {
    const preview = await this.#snapshots.preview(folder, { includeSecrets }, control);
    return {
      ...preview,
      suggestedName: safeName(basename(preview.folder)) || 'job',
    };
  }

  /** Puts an alias on a version; it leaves the one that had it. @throws AppError `E_NAME` */
  setAlias(version: JobVersion, alias: string): JobVersion {
    this.#repos.jobs.setAlias(version.jobId, checkAlias(alias), version.id);
    return this.version(version.id);
  }

  /** @throws AppError `E_NAME`, `E_NOT_FOUND` when the version does not have it. */
  removeAlias(version: JobVersion, alias: string): JobVersion {
    if (!this.version(version.id).aliases.includes(checkAlias(alias))) {
      throw new AppError('E_NOT_FOUND', `${versionLabel(version)} has no alias "${alias}".`, {
        next: 'See `slipway job describe`: another version may have it.',
      });
    }
    this.#repos.jobs.removeAlias(version.jobId, alias);
    return this.version(version.id);
  }
}
