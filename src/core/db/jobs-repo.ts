import { userInfo } from 'node:os';
import {
  jobSchema,
  jobVersionSchema,
  type BuildPlan,
  type EnvironmentPlan,
  type Job,
  type JobVersion,
  type Source,
} from '../../shared/domain/job.ts';
import type { Database } from './database.ts';
import { newId } from './ids.ts';

const SELECT_JOB = `
  SELECT job.id, project_id AS projectId, project.name AS projectName, job.name, description,
    job.binned_at AS binnedAt,
    source_kind AS sourceKind, folder, job.created_at AS createdAt,
    (SELECT max(number) FROM job_version v WHERE v.job_id = job.id) AS latestVersion,
    (SELECT count(*) FROM run WHERE run.job_id = job.id AND run.binned_at IS NULL) AS runCount
  FROM job JOIN project ON project.id = project_id`;

const SELECT_VERSION = `
  SELECT id, job_id AS jobId, number, digest, source, entry_point AS entryPoint, environment, build,
    types, input_schema AS inputSchema, created_at AS createdAt,
    (SELECT json_group_array(name) FROM alias WHERE version_id = job_version.id) AS aliases
  FROM job_version`;

export interface NewVersion {
  digest: string;
  source: Source;
  entryPoint: string[];
  environment: EnvironmentPlan;
  build: BuildPlan;
  types: JobVersion['types'];
  inputSchema: JobVersion['inputSchema'];
}

/** The job a version is added to. */
export interface VersionOf {
  projectId: string;
  name: string;
  folder: string | null;
  /** Left away: the description stays as it is. */
  description?: string | undefined;
  /** Aliases that move to the version, beside `latest`. */
  aliases?: readonly string[] | undefined;
}

export class JobsRepo {
  readonly #db: Database;
  readonly #owner = userInfo().username;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Those that are not in the bin. */
  list(projectId?: string): Job[] {
    const where = projectId === undefined ? '' : 'AND project_id = ?';
    const values = projectId === undefined ? [] : [projectId];
    return this.#jobs(
      `WHERE job.binned_at IS NULL ${where} ORDER BY job.name COLLATE NOCASE`,
      ...values,
    );
  }

  get(id: string): Job | null {
    return this.#jobs('WHERE job.id = ?', id)[0] ?? null;
  }

  /** The one that is not in the bin. */
  byName(projectId: string, name: string): Job | null {
    const where = 'WHERE project_id = ? AND job.name = ? AND job.binned_at IS NULL';
    return this.#jobs(where, projectId, name)[0] ?? null;
  }

  jobsChangedSince(rev: number): Job[] {
    return this.#jobs('WHERE job.rev > ?', rev);
  }

  versionsChangedSince(rev: number): JobVersion[] {
    return this.#versions('WHERE rev > ?', rev);
  }

  versions(jobId: string): JobVersion[] {
    return this.#versions('WHERE job_id = ? ORDER BY number DESC', jobId);
  }

  latestVersion(jobId: string): JobVersion | null {
    return this.#versions('WHERE job_id = ? ORDER BY number DESC LIMIT 1', jobId)[0] ?? null;
  }

  version(id: string): JobVersion | null {
    return this.#versions('WHERE id = ?', id)[0] ?? null;
  }

  describe(id: string, description: string): void {
    this.#db.write((rev) =>
      this.#db.run('UPDATE job SET description = ?, rev = ? WHERE id = ?', description, rev, id),
    );
  }

  /**
   * Adds a version to the job of that name, making the job if it is not there; the same content again
   * returns the version that has it. One transaction; `latest` moves to a new version.
   */
  addVersion(
    job: VersionOf,
    version: NewVersion,
    now: number,
  ): { job: Job; version: JobVersion; created: boolean } {
    const [jobId, versionId, created] = this.#db.write((rev) => {
      const id = this.#ensureJob(job, version.source.kind, now, rev);
      const known = this.#versions('WHERE job_id = ? AND digest = ?', id, version.digest)[0];
      const added = known?.id ?? this.#insertVersion(id, version, now, rev);
      for (const alias of job.aliases ?? []) this.#moveAlias(id, alias, added, rev);
      return [id, added, !known];
    });
    return { job: this.get(jobId)!, version: this.version(versionId)!, created };
  }

  /** What the first run of a version told of its inputs and outputs; what is known already stays. */
  learnTypes(versionId: string, types: NonNullable<JobVersion['types']>): void {
    this.#db.write((rev) =>
      this.#db.run(
        'UPDATE job_version SET types = ?, rev = ? WHERE id = ? AND types IS NULL',
        JSON.stringify(types),
        rev,
        versionId,
      ),
    );
  }

  /** Puts an alias on a version; it leaves the one that had it. */
  setAlias(jobId: string, alias: string, versionId: string): void {
    this.#db.write((rev) => this.#moveAlias(jobId, alias, versionId, rev));
  }

  removeAlias(jobId: string, alias: string): void {
    this.#db.write((rev) => {
      this.#touchAlias(jobId, alias, rev);
      this.#db.run('DELETE FROM alias WHERE job_id = ? AND name = ?', jobId, alias);
    });
  }

  #moveAlias(jobId: string, alias: string, versionId: string, rev: number): void {
    this.#touchAlias(jobId, alias, rev);
    this.#db.run('INSERT OR REPLACE INTO alias VALUES (?, ?, ?)', jobId, alias, versionId);
    this.#db.run('UPDATE job_version SET rev = ? WHERE id = ?', rev, versionId);
  }

  /** The version that has an alias is about to be shown without it. */
  #touchAlias(jobId: string, alias: string, rev: number): void {
    this.#db.run(
      `UPDATE job_version SET rev = ? WHERE id IN
       (SELECT version_id FROM alias WHERE job_id = ? AND name = ?)`,
      rev,
      jobId,
      alias,
    );
  }

  #ensureJob(job: VersionOf, kind: Source['kind'], now: number, rev: number): string {
    this.#db.run(
      `INSERT INTO job (id, project_id, name, description, source_kind, folder, created_at, rev)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (project_id, name) WHERE binned_at IS NULL DO UPDATE SET folder = excluded.folder,
         source_kind = excluded.source_kind, description = coalesce(?, description),
         rev = excluded.rev`,
      newId(),
      job.projectId,
      job.name,
      job.description ?? '',
      kind,
      job.folder,
      now,
      rev,
      job.description ?? null,
    );
    this.#db.run('UPDATE project SET rev = ? WHERE id = ?', rev, job.projectId);
    return this.#idByName(job.projectId, job.name);
  }

  #idByName(projectId: string, name: string): string {
    const row = this.#db.get(
      'SELECT id FROM job WHERE project_id = ? AND name = ? AND binned_at IS NULL',
      projectId,
      name,
    );
    return (row as { id: string }).id;
  }

  #insertVersion(jobId: string, version: NewVersion, now: number, rev: number): string {
    const id = newId();
    this.#db.run(
      `INSERT INTO job_version (id, job_id, number, digest, source, entry_point, environment, build,
         types, input_schema, created_at, rev)
       SELECT ?, ?, coalesce(max(number) + 1, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?
       FROM job_version WHERE job_id = ?`,
      id,
      jobId,
      version.digest,
      JSON.stringify(version.source),
      JSON.stringify(version.entryPoint),
      JSON.stringify(version.environment),
      JSON.stringify(version.build),
      version.types && JSON.stringify(version.types),
      version.inputSchema && JSON.stringify(version.inputSchema),
      now,
      rev,
      jobId,
    );
    this.#moveAlias(jobId, 'latest', id, rev);
    return id;
  }

  #jobs(clause: string, ...values: unknown[]): Job[] {
    return (this.#db.all(`${SELECT_JOB} ${clause}`, ...values) as Job[]).map((row) =>
      jobSchema.parse({ ...row, fullName: `${this.#owner}/${row.projectName}/${row.name}` }),
    );
  }

  #versions(clause: string, ...values: unknown[]): JobVersion[] {
    const rows = this.#db.all(`${SELECT_VERSION} ${clause}`, ...values);
    return (rows as Record<string, string>[]).map((row) =>
      jobVersionSchema.parse({
        ...row,
        source: JSON.parse(row['source']!),
        entryPoint: JSON.parse(row['entryPoint']!),
        environment: JSON.parse(row['environment']!),
        build: JSON.parse(row['build']!),
        types: row['types'] ? JSON.parse(row['types']) : null,
        inputSchema: row['inputSchema'] ? JSON.parse(row['inputSchema']) : null,
        aliases: JSON.parse(row['aliases']!),
      }),
    );
  }
}
