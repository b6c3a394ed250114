import { versionLabel, type Job, type JobVersion, type Source } from '../../shared/domain/job.ts';
import type { Repos } from '../db/change-feed.ts';
import type { VersionOf } from '../db/jobs-repo.ts';
import type { Clock } from '../clock.ts';
import { versionDigest } from '../jobs/version-digest.ts';
import type { ArchivedVersion, Manifest } from './manifest.ts';

/** A version of an archive, and what it is here. */
export interface Added {
  /** Its number where it comes from. */
  number: number;
  version: JobVersion;
  /** False when the job had a version of the same content. */
  created: boolean;
}

interface Parts {
  repos: Pick<Repos, 'projects' | 'jobs'>;
  clock: Pick<Clock, 'now'>;
}

/** Writes the rows of an archive's versions: to be called in one transaction. */
export function addVersions(
  { repos, clock }: Parts,
  manifest: Manifest,
  target: { project: string; name: string },
): { job: Job; versions: Added[]; notes: string[] } {
  const projectId = repos.projects.ensure(target.project, clock.now()).id;
  const adder = new Adder(repos.jobs, { projectId, name: target.name }, manifest.job.description);
  const versions = manifest.versions.map((version) => adder.add(version));
  const job = repos.jobs.byName(projectId, target.name)!;
  const fresh = versions.map((added) => ({
    ...added,
    version: repos.jobs.version(added.version.id)!,
  }));
  return { job, versions: fresh, notes: adder.notes };
}

/** What the job has is read once: an archive may hold very many versions. */
class Adder {
  readonly notes: string[] = [];
  readonly #jobs: Repos['jobs'];
  readonly #target: VersionOf;
  readonly #byDigest = new Map<string, JobVersion>();
  /** The id of the version that has an alias. */
  readonly #aliases = new Map<string, string>();

  constructor(
    jobs: Repos['jobs'],
    target: { projectId: string; name: string },
    description: string,
  ) {
    this.#jobs = jobs;
    const job = jobs.byName(target.projectId, target.name);
    // A job that is here already is still taken anew from its own folder.
    this.#target = job
      ? { ...target, folder: job.folder }
      : { ...target, folder: null, description };
    for (const version of job ? jobs.versions(job.id) : []) {
      this.#byDigest.set(version.digest, version);
      for (const alias of version.aliases) this.#aliases.set(alias, version.id);
    }
  }

  add(archived: ArchivedVersion): Added {
    const added = this.#addOrFind(archived);
    this.#carryAliases(archived, added.version);
    return { number: archived.number, ...added };
  }

  #addOrFind(archived: ArchivedVersion): { version: JobVersion; created: boolean } {
    const { entryPoint, environment, build, types, createdAt } = archived;
    const inputSchema = archived.inputSchema ?? null;
    const content = {
      ...{ source: homeless(archived.source), entryPoint, environment, build, types, inputSchema },
    };
    const digest = versionDigest(content);
    const same = this.#byDigest.get(digest);
    if (same) return { version: same, created: false };
    const added = this.#jobs.addVersion(this.#target, { ...content, digest }, createdAt);
    this.#byDigest.set(digest, added.version);
    return { version: added.version, created: added.created };
  }

  #carryAliases({ aliases }: ArchivedVersion, version: JobVersion): void {
    for (const alias of aliases) {
      const owner = this.#aliases.get(alias);
      if (alias === 'latest' || owner === version.id) continue;
      if (owner === undefined) {
        this.#jobs.setAlias(version.jobId, alias, version.id);
        this.#aliases.set(alias, version.id);
      } else {
        this.notes.push(
          `The alias "${alias}" stays where it is; ${versionLabel(version)} comes without it.`,
        );
      }
    }
  }
}

/** The folder that code was taken from is one of another machine. */
const homeless = (source: Source): Source =>
  source.kind === 'code' ? { ...source, folder: null } : source;
