import app from '../../../package.json' with { type: 'json' };
import type { Job, JobVersion } from '../../shared/domain/job.ts';
import { checkName } from '../../shared/domain/names.ts';
import { AppError } from '../../shared/errors.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Database } from '../db/database.ts';
import type { Hold } from '../db/use-lock.ts';
import type { Clock } from '../clock.ts';
import type { Control, Snapshots } from '../snapshots/snapshots.ts';
import { addVersions, type Added } from './add-versions.ts';
import type { ExportedArchive } from './export-request.ts';
import type { ArchivedVersion } from './manifest.ts';

export interface TransferParts {
  db: Pick<Database, 'write'>;
  repos: Pick<Repos, 'projects' | 'jobs'>;
  snapshots: Snapshots;
  clock: Pick<Clock, 'now'>;
  /** Keeps what was taken in until a version needs it. */
  hold: Hold;
}

export interface ExportedVersions extends ExportedArchive {
  versions: number;
  /** What a person should know of: an image that does not come along. */
  notes: string[];
}

export interface ImportedJob {
  job: Job;
  /** In the order of the file: what each version there is here. */
  versions: Added[];
  notes: string[];
}

/** Carries versions from one data folder to another, as one file. */
export class Transfer {
  readonly #parts: TransferParts;

  constructor(parts: TransferParts) {
    this.#parts = parts;
  }

  /**
   * Writes versions of one job, with every file they have, into `file`. Needs no network.
   * @throws AppError `E_TARGET_EXISTS` unless `force`, `E_DISK_FULL`, `E_CANCELLED`
   */
  async export(
    versions: readonly JobVersion[],
    file: string,
    { force }: { force: boolean },
    control: Control,
  ): Promise<ExportedVersions> {
    const job = versions[0] && this.#parts.repos.jobs.get(versions[0].jobId);
    if (!job || versions.some(({ jobId }) => jobId !== job.id)) {
      throw new AppError('E_NOT_FOUND', 'There are no versions of one job to export.');
    }
    const { name, projectName: project, description } = job;
    const ordered = versions.toSorted((a, b) => a.number - b.number);
    const manifest = {
      writtenBy: `Slipway ${app.version}`,
      job: { name, project, description },
      versions: ordered.map(toArchived),
    };
    const request = { file, replace: force, manifest };
    const written = await this.#parts.snapshots.exportArchive(request, control);
    return { ...written, versions: versions.length, notes: ordered.flatMap(exportNotes) };
  }

  /**
   * Adds the versions of an archive to the job it names, or to `jobName`, in the project it names, or in
   * `project`; all of them or none. Nothing in the file is run or trusted.
   * @throws AppError `E_ARCHIVE`, `E_ARCHIVE_ENTRY`, `E_SOURCE_NOT_FOUND`, `E_NAME`, `E_CANCELLED`
   */
  async import(
    file: string,
    { project, jobName }: { project?: string | undefined; jobName?: string | undefined },
    control: Control,
  ): Promise<ImportedJob> {
    if (project !== undefined) checkName('project', project);
    if (jobName !== undefined) checkName('job', jobName);
    const { hold, snapshots, db } = this.#parts;
    return hold(async () => {
      const manifest = await snapshots.importArchive(file, control);
      const { job } = manifest;
      const target = { project: project ?? job.project, name: jobName ?? job.name };
      return db.write(() => addVersions(this.#parts, manifest, target));
    }, control.signal);
  }
}

/** What of a version means something elsewhere: not the folder it was taken from. */
function toArchived(version: JobVersion): ArchivedVersion {
  const { number, aliases, source, entryPoint, environment, build, types, inputSchema, createdAt } =
    version;
  return {
    number,
    aliases,
    source: source.kind === 'code' ? { ...source, folder: null } : source,
    entryPoint,
    environment,
    build,
    types,
    ...(inputSchema !== null && { inputSchema }),
    createdAt,
  };
}

function exportNotes({ source, number }: JobVersion): string[] {
  if (source.kind !== 'image') return [];
  const named = `v${number} names the image ${source.reference} (${source.digest.slice(0, 19)})`;
  return source.local
    ? [`${named}, which no registry has: it is not in the file and must be carried by itself.`]
    : [`${named}, which is not in the file: it is pulled from its registry.`];
}
