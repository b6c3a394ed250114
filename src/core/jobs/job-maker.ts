import { AppError } from '../../shared/errors.ts';
import {
  DEFAULT_BUILD,
  NO_ENVIRONMENT,
  treeOf,
  type BuildPlan,
  type Job,
  type JobVersion,
} from '../../shared/domain/job.ts';
import type { JsonValues } from '../../shared/domain/json.ts';
import { checkName } from '../../shared/domain/names.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Hold } from '../db/use-lock.ts';
import { parseEntryPoint } from '../detect/entry-point.ts';
import { loadSchema } from '../inputs/schema/load-schema.ts';
import type { Control } from '../snapshots/snapshots.ts';
import { checkAlias } from './aliases.ts';
import { freezeSource, type FreezeParts, type FrozenSource } from './freeze-source.ts';
import { distinctName } from './distinct-name.ts';
import { nameOfFolder } from './derive-name.ts';
import { gitJobName, imageJobName } from './job-names.ts';
import type { JobRequest, MadeJob, SourceRequest } from './job-request.ts';
import { badRuntime, noOrigin } from './maker-errors.ts';
import { runtimeAsked, withRuntime } from './runtime.ts';
import { versionDigest } from './version-digest.ts';

export interface JobMakerParts extends FreezeParts {
  repos: Repos;
  clock: Clock;
  /** Keeps what was frozen until a version needs it. */
  hold: Hold;
}

/** Turns sources into versions of jobs. */
export class JobMaker {
  readonly #parts: JobMakerParts;

  constructor(parts: JobMakerParts) {
    this.#parts = parts;
  }

  /**
   * Freezes the source and makes the job of that name, or a new version of it; the same content again
   * makes none. When it throws there is neither a job nor a project that was not there before.
   * @throws AppError for a name, entry point or source that cannot be used.
   */
  make(request: JobRequest, control: Control): Promise<MadeJob> {
    const { hold } = this.#parts;
    return hold(() => this.#make(request, control), control.signal);
  }

  async #make(request: JobRequest, control: Control): Promise<MadeJob> {
    const asked = { ...checked(request), source: request.source };
    const frozen = await freezeSource(this.#parts, this.#withSecrets(asked), control);
    const unchanged = this.#unchanged(asked, frozen);
    if (unchanged) return { ...unchanged, created: false, ...told(frozen, []) };
    return this.#add(asked, frozen);
  }

  /** A version of a source that is frozen already: that of a tracked run. */
  async makeFrozen(
    frozen: FrozenSource,
    request: Omit<JobRequest, 'source'>,
    found: FoundWithRun,
  ): Promise<MadeJob> {
    return this.#add(checked(request), frozen, found);
  }

  async #add(asked: Checked, frozen: FrozenSource, found?: FoundWithRun): Promise<MadeJob> {
    const { repos, clock } = this.#parts;
    const plan = found?.without
      ? planWithout(asked, found.without)
      : await this.#plan(asked, frozen, found?.requirements ?? null);
    // What is missing from a source (a submodule, say) must be known for as long as the version is.
    const kept = [...frozen.notes, ...plan.environment.notes];
    const name = asked.name ?? this.#defaultName(asked, frozen, plan.entryPoint);
    const content = {
      source: frozen.source,
      entryPoint: plan.entryPoint,
      environment: { ...plan.environment, notes: kept },
      build: plan.build,
      types: found?.types ?? null,
      inputSchema: found ? null : this.#inputSchema(asked, name),
    };
    const added = repos.jobs.addVersion(
      {
        projectId: repos.projects.ensure(asked.project, clock.now()).id,
        name,
        folder: asked.source ? folderOf(asked.source) : this.#keptFolder(asked, frozen),
        description: asked.description,
        aliases: [...frozen.aliases, ...asked.aliases],
      },
      { ...content, digest: versionDigest(content) },
      clock.now(),
    );
    return { ...added, ...told(frozen, plan.notes) };
  }

  /** The job's source as it is now: a new version if it changed since the newest. */
  makeAgain(job: Job, control: Control): Promise<MadeJob> {
    const latest = this.#parts.repos.jobs.latestVersion(job.id);
    const source = latest && sourceAgain(job, latest);
    if (!latest || !source) throw noOrigin(job);
    return this.make(
      {
        source,
        project: job.projectName,
        name: job.name,
        entryPoint: latest.entryPoint,
        build: latest.build,
        runtime: runtimeAsked(latest.environment),
      },
      control,
    );
  }

  /** The secrets that the newest version from this folder holds, unless others were asked for. */
  #withSecrets({ source, project, name }: WithSource): SourceRequest {
    if (source.kind !== 'folder' || source.includeSecrets) return source;
    const known = name === undefined ? null : this.#jobNamed(project, name);
    const latest = known?.folder === source.folder && this.#latest(known);
    const includeSecrets =
      latest && latest.source.kind === 'code' ? latest.source.includedSecrets : [];
    return { ...source, includeSecrets };
  }

  /** The quick way for a folder that is as the newest version has it: nothing else is looked at. */
  #unchanged(asked: WithSource, frozen: FrozenSource): { job: Job; version: JobVersion } | null {
    if (asked.source.kind !== 'folder' || asked.name === undefined || asked.entryPoint === null) {
      return null;
    }
    if (asked.aliases.length > 0 || asked.description !== undefined) return null;
    const job = this.#jobNamed(asked.project, asked.name);
    const version = job?.folder === asked.source.folder ? this.#latest(job) : null;
    const same =
      version &&
      treeOf(version.source) === treeOf(frozen.source) &&
      sameJson(version.entryPoint, asked.entryPoint) &&
      runtimeAsked(version.environment) === asked.runtime &&
      (asked.inputSchema === undefined || sameJson(version.inputSchema, asked.inputSchema)) &&
      sameJson(version.build, buildOf(asked.build));
    return same ? { job: job!, version } : null;
  }

  async #plan(asked: Checked, frozen: FrozenSource, requirements: string | null) {
    const tree = treeOf(frozen.source);
    if (tree === null) return planImage(asked, frozen);
    const context = asked.build?.context ?? frozen.context ?? undefined;
    const build = buildOf({ ...asked.build, context });
    const plan = await this.#parts.snapshots.examine(tree, {
      entryPoint: asked.entryPoint,
      build,
      frozen: requirements,
    });
    if (asked.runtime === undefined) return plan;
    return { ...plan, environment: withRuntime(plan.environment, asked.runtime) };
  }

  #defaultName(asked: Checked, { source }: FrozenSource, entryPoint: string[]): string {
    switch (source.kind) {
      case 'code': {
        const folder = asked.source?.kind === 'folder' ? asked.source : null;
        return nameOfFolder(folder ?? { folder: '' }, entryPoint);
      }
      case 'git':
      case 'image': {
        const name =
          source.kind === 'git'
            ? gitJobName(source.remote, entryPoint)
            : imageJobName(source.reference);
        const project = this.#parts.repos.projects.byName(asked.project);
        if (!project) return name;
        return distinctName(name, source, (other) => {
          const job = this.#parts.repos.jobs.byName(project.id, other);
          return job && (this.#latest(job)?.source ?? null);
        });
      }
    }
  }

  /** A version that comes from no folder leaves the job the one that it is taken from again. */
  #keptFolder({ project, name }: Checked, { source }: FrozenSource): string | null {
    const known = name === undefined ? null : this.#jobNamed(project, name);
    const latest = known && this.#latest(known);
    return latest?.source.kind === source.kind ? known!.folder : null;
  }

  /** A schema stays with a job until another is attached. */
  #inputSchema({ project, inputSchema }: Checked, name: string): JsonValues | null {
    if (inputSchema !== undefined) return inputSchema;
    const known = this.#jobNamed(project, name);
    return (known && this.#latest(known)?.inputSchema) ?? null;
  }

  #jobNamed(projectName: string, name: string): Job | null {
    const project = this.#parts.repos.projects.byName(projectName);
    return project && this.#parts.repos.jobs.byName(project.id, name);
  }

  #latest(job: Job): JobVersion | null {
    return this.#parts.repos.jobs.latestVersion(job.id);
  }
}

/** What a tracked run tells beside its source. */
export interface FoundWithRun {
  types: NonNullable<JobVersion['types']>;
  /** The packages that were installed, as `pip freeze` lists them. */
  requirements: string | null;
  /** Why there is no code to launch; null when there is. */
  without: string | null;
}

interface Checked extends Omit<JobRequest, 'entryPoint' | 'source'> {
  source: SourceRequest | null;
  entryPoint: string[] | null;
  aliases: string[];
  /** Undefined: that of the newest version. */
  inputSchema: JsonValues | null | undefined;
}

type WithSource = Checked & { source: SourceRequest };

/** Refuses what is wrong before anything is fetched or read. */
function checked(request: Omit<JobRequest, 'source'>): Checked {
  const { entryPoint, aliases = [] } = request;
  const { name, runtime, schema } = request;
  if (name !== undefined) checkName('job', name);
  if (runtime !== undefined && !/^3\.\d{1,2}$/.test(runtime)) throw badRuntime(runtime);
  checkName('project', request.project);
  return {
    ...request,
    source: null,
    aliases: aliases.map(checkAlias),
    inputSchema: typeof schema === 'string' ? loadSchema(schema) : schema,
    entryPoint: typeof entryPoint === 'string' ? parseEntryPoint(entryPoint) : (entryPoint ?? null),
  };
}

/** A version that cannot be launched keeps what is known all the same. */
const planWithout = ({ entryPoint }: Checked, why: string) => ({
  entryPoint: entryPoint ?? [],
  build: DEFAULT_BUILD,
  environment: { ...NO_ENVIRONMENT, notes: [`It cannot be launched: ${why}`] },
  notes: [why],
});

function planImage(asked: Checked, { source }: FrozenSource) {
  const entryPoint = asked.entryPoint ?? [];
  if (source.kind === 'image' && entryPoint.length === 0 && source.command.length === 0) {
    throw new AppError(
      'E_NO_ENTRYPOINT',
      `The image ${source.reference} starts nothing by itself.`,
      {
        next: 'Say what it is to start with --entry-point.',
      },
    );
  }
  return { entryPoint, build: DEFAULT_BUILD, environment: NO_ENVIRONMENT, notes: [] };
}

const told = ({ leftOut, notes }: FrozenSource, more: readonly string[]) => ({
  leftOut,
  notes: [...notes, ...more],
});

/** The plan that was asked for, in the order of its parts. */
const buildOf = (asked: JobRequest['build']): BuildPlan => ({
  context: asked?.context ?? DEFAULT_BUILD.context,
  dockerfile: asked?.dockerfile ?? DEFAULT_BUILD.dockerfile,
  args: asked?.args ?? DEFAULT_BUILD.args,
  target: asked?.target ?? DEFAULT_BUILD.target,
  baseImage: asked?.baseImage ?? DEFAULT_BUILD.baseImage,
});

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function folderOf(source: SourceRequest): string | null {
  if (source.kind === 'folder') return source.folder;
  return source.kind === 'git' && source.localClone ? source.address : null;
}

/** Where to take the source of a job again; null when nothing is known but what is frozen. */
function sourceAgain(job: Job, { source }: JobVersion): SourceRequest | null {
  switch (source.kind) {
    case 'code':
      return job.folder === null
        ? null
        : { kind: 'folder', folder: job.folder, includeSecrets: source.includedSecrets };
    case 'git':
      if (job.folder !== null) return { kind: 'git', address: job.folder, localClone: true };
      // A commit stays what it is; what a tracked run had on top of it is in the version alone.
      return source.ref === source.commit
        ? null
        : { kind: 'git', address: source.remote, ref: source.ref ?? undefined };
    case 'image':
      return { kind: 'image', reference: source.reference };
  }
}
