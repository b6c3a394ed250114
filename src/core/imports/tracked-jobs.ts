import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobVersion, Source } from '../../shared/domain/job.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { safeName } from '../../shared/domain/names.ts';
import type { FrozenSource } from '../jobs/freeze-source.ts';
import type { JobMaker } from '../jobs/job-maker.ts';
import { artifactJobName } from '../jobs/job-names.ts';
import type { Engine } from '../engines/engine.ts';
import type { Control, Snapshots } from '../snapshots/snapshots.ts';
import type { GitSources } from '../sources/git/git-types.ts';
import { writeCode } from '../tracked/code-files.ts';
import { sourceOf, type RunSource } from '../tracked/run-source.ts';
import type { TrackedRun } from '../tracked/tracked-run.ts';
import { inputTypes, outputTypes } from '../tracked/value-types.ts';
import { freezeGitOfRun } from './git-of-run.ts';
import { parseImageReference } from '../build/image-reference.ts';
import { tagAliases } from '../jobs/aliases.ts';

export interface TrackedJobsParts {
  maker: JobMaker;
  snapshots: Snapshots;
  git: GitSources;
  images: Pick<Engine, 'resolveImage'>;
}

/** The version that a run makes, or why it makes none. */
export type TrackedJob = { version: JobVersion; jobName: string } | { why: string };

/**
 * Makes the job of a tracked run as W&B does: from its git remote and commit, else from the code it
 * logged, else from the image it ran in. Its code is frozen now; what it ran is not run.
 */
export class TrackedJobs {
  readonly #parts: TrackedJobsParts;

  constructor(parts: TrackedJobsParts) {
    this.#parts = parts;
  }

  /** @throws AppError what fetching the code throws: it may work another time. */
  async make(run: TrackedRun, project: string, control: Control): Promise<TrackedJob> {
    const recorded = sourceOf(run);
    if (recorded.kind === 'none') return { why: recorded.why };
    const { source, frozen } = await this.#freezeBest(recorded, run, control);
    const { job, version } = await this.#parts.maker.makeFrozen(
      frozen,
      {
        project,
        name: jobName(source, run),
        entryPoint: source.kind === 'image' ? undefined : source.entryPoint,
        runtime: source.kind === 'image' ? undefined : (run.environment.python ?? undefined),
      },
      {
        types: { inputs: inputTypes(run.config), outputs: outputTypes(run.summary) },
        requirements: run.requirements,
      },
    );
    return { version, jobName: job.fullName };
  }

  /** A commit that is nowhere to be had any more gives way to the code that the run logged. */
  async #freezeBest(
    source: RunSource,
    run: TrackedRun,
    control: Control,
  ): Promise<{ source: RunSource; frozen: FrozenSource }> {
    try {
      return { source, frozen: await this.#freeze(source, run, control) };
    } catch (error) {
      const logged = source.kind === 'git' && isGone(error) && codeOf(run);
      if (!logged) throw error;
      return { source: logged, frozen: await this.#freeze(logged, run, control) };
    }
  }

  async #freeze(source: RunSource, run: TrackedRun, control: Control): Promise<FrozenSource> {
    switch (source.kind) {
      case 'git':
        return {
          ...PLAIN,
          ...(await freezeGitOfRun(this.#parts.git, source, run.folder, control)),
        };
      case 'code':
        return { ...PLAIN, source: await this.#freezeCode(run, control) };
      case 'image': {
        const { tag } = parseImageReference(source.reference);
        const image = await this.#parts.images.resolveImage(source.reference, 'missing', control);
        return { ...PLAIN, source: image, aliases: tagAliases(tag) };
      }
    }
  }

  async #freezeCode(run: TrackedRun, control: Control): Promise<Source> {
    // Not in the data folder, which no snapshot is taken of.
    const folder = await mkdtemp(join(tmpdir(), 'slipway-code-'));
    try {
      const from = { runFolder: run.folder, dataFolders: dataFolders() };
      await writeCode(run.code!, from, folder, control.signal);
      const all = { includeSecrets: [], everything: true };
      const { digest, files, bytes } = await this.#parts.snapshots.freeze(folder, all, control);
      return { kind: 'code', tree: digest, files, bytes, folder: null, includedSecrets: [] };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

const GONE: ReadonlySet<ErrorCode> = new Set([
  'E_GIT_REF_NOT_FOUND',
  'E_GIT_NOT_FOUND',
  'E_SOURCE_REFUSED',
]);

const isGone = (error: unknown): boolean => error instanceof AppError && GONE.has(error.code);

/** The code that the run logged, if that can be used. */
function codeOf(run: TrackedRun): RunSource | null {
  const source = sourceOf({ ...run, jobSource: 'artifact' });
  return source.kind === 'none' ? null : source;
}

const PLAIN = { leftOut: [], notes: [], context: null, aliases: [] };

/** Where the SDK keeps what it logged, unless it was told otherwise. */
const dataFolders = (): string[] =>
  [process.env['WANDB_DATA_DIR'], join(homedir(), '.local', 'share', 'wandb')].filter(
    (folder) => folder !== undefined && folder !== '',
  ) as string[];

/**
 * A name given in the run (`Settings(job_name=...)`, `WANDB_JOB_NAME`) wins, then that of logged code;
 * others are derived like those of any repository or image.
 */
function jobName(source: RunSource, run: TrackedRun): string | undefined {
  if (run.jobName !== null) return safeName(run.jobName);
  return source.kind === 'code' ? artifactJobName(source.artifactName) : undefined;
}
