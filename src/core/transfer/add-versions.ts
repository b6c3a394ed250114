import { versionLabel, type Job, type JobVersion, type Source } from '../../shared/domain/job.ts';
import type { Repos } from '../db/change-feed.ts';
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

class Adder {
  readonly notes: string[] = [];
  readonly #jobs: Repos['jobs'];
  readonly #target: { projectId: string; name: string };
  readonly #description: string;

  constructor(
    jobs: Repos['jobs'],
    target: { projectId: string; name: string },
    description: string,
  ) {
    this.#jobs = jobs;
    this.#target = target;
    this.#description = description;
  }

  add(archived: ArchivedVersion): Added {
    const known = this.#versions();
    const taken = new Set(known.flatMap(({ aliases }) => aliases));
    const added = this.#addOrFind(archived, known);
    this.#carryAliases(archived, added.version, taken);
    return { number: archived.number, ...added };
  }

  #versions(): JobVersion[] {
    const job = this.#job();
    return job ? this.#jobs.versions(job.id) : [];
  }

  #job(): Job | null {
    return this.#jobs.byName(this.#target.projectId, this.#target.name);
  }

  #addOrFind(
    archived: ArchivedVersion,
    known: readonly JobVersion[],
  ): { version: JobVersion; created: boolean } {
    const { entryPoint, environment, build, types, createdAt } = archived;
    const content = { source: homeless(archived.source), entryPoint, environment, build, types };
    const digest = versionDigest(content);
    const same = known.find((version) => version.digest === digest);
    if (same) return { version: same, created: false };
    const job = this.#job();
    const { version, created } = this.#jobs.addVersion(
      {
        ...this.#target,
        // A job that is here already is still taken anew from its own folder.
        folder: job?.folder ?? null,
        description: job ? undefined : this.#description,
      },
      { ...content, digest },
      createdAt,
    );
    return { version, created };
  }

  #carryAliases({ aliases }: ArchivedVersion, version: JobVersion, taken: Set<string>): void {
    for (const alias of aliases) {
      if (alias === 'latest' || version.aliases.includes(alias)) continue;
      if (!taken.has(alias)) this.#jobs.setAlias(version.jobId, alias, version.id);
      else {
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
