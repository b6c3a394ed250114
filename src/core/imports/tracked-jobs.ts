import type { JobVersion } from '../../shared/domain/job.ts';
import { toErrorData } from '../../shared/errors.ts';
import { safeName } from '../../shared/domain/names.ts';
import type { Hold } from '../db/use-lock.ts';
import type { JobMaker } from '../jobs/job-maker.ts';
import { artifactJobName, gitJobName } from '../jobs/job-names.ts';
import type { Control } from '../snapshots/snapshots.ts';
import { sourceOf, type RunSource } from '../tracked/run-source.ts';
import type { TrackedRun } from '../tracked/tracked-run.ts';
import { inputTypes, outputTypes } from '../tracked/value-types.ts';
import { freezeRecord, freezeRunSource, type FreezeRunParts } from './freeze-run.ts';

export interface TrackedJobsParts extends FreezeRunParts {
  maker: JobMaker;
  /** Keeps what was frozen until a version needs it. */
  hold: Hold;
}

/** The version of a run, and why it has no code that could be launched, if it has none. */
export interface TrackedJob {
  version: JobVersion;
  jobName: string;
  /** Null when the code is there. */
  without: string | null;
  /** Whether the code may be had another time. */
  retry: boolean;
}

/** W&B's conditions, in their order. */
const KINDS = ['repo', 'artifact', 'image'];

/**
 * Makes the job of a tracked run as W&B does: from its git remote and commit, else from the code it
 * logged, else from the image it ran in. Its code is frozen now; what it ran is not run. What cannot be
 * had gives way to the next. A run of which nothing can be had keeps its results: its job holds what was
 * recorded about it, and says why it cannot be launched.
 */
export class TrackedJobs {
  readonly #parts: TrackedJobsParts;

  constructor(parts: TrackedJobsParts) {
    this.#parts = parts;
  }

  /** @throws AppError `E_CANCELLED`, and faults of Slipway's own stores. */
  make(run: TrackedRun, project: string, control: Control): Promise<TrackedJob> {
    const { hold } = this.#parts;
    return hold(() => this.#make(run, project, control), control.signal);
  }

  async #make(run: TrackedRun, project: string, control: Control): Promise<TrackedJob> {
    const reasons: string[] = [];
    for (const source of sourcesOf(run)) {
      try {
        return {
          ...(await this.#makeFrom(source, run, project, control)),
          without: null,
          retry: false,
        };
      } catch (error) {
        if (control.signal.aborted) throw error;
        reasons.push(toErrorData(error).message);
      }
    }
    const without = reasons.join(' ') || whyNone(run);
    const made = await this.#makeRecord(run, project, without, control);
    return { ...made, without, retry: reasons.length > 0 };
  }

  async #makeFrom(source: RunSource, run: TrackedRun, project: string, control: Control) {
    const frozen = await freezeRunSource(this.#parts, source, run, control);
    const isImage = source.kind === 'image';
    const { job, version } = await this.#parts.maker.makeFrozen(
      frozen,
      {
        project,
        name: nameOf(source, run),
        entryPoint: isImage ? undefined : source.entryPoint,
        runtime: isImage ? undefined : (run.environment.python ?? undefined),
      },
      { types: typesOf(run), requirements: run.requirements, without: null },
    );
    return { version, jobName: job.fullName };
  }

  async #makeRecord(run: TrackedRun, project: string, without: string, control: Control) {
    const recorded = await freezeRecord(this.#parts, run, control);
    const frozen = { ...recorded, source: { ...recorded.source, without } };
    const { codePath, codePathLocal } = run.environment;
    const script = codePath ?? codePathLocal;
    const entryPoint = script === null ? [] : ['python', script];
    const { job, version } = await this.#parts.maker.makeFrozen(
      frozen,
      { project, name: recordName(run, entryPoint), entryPoint },
      { types: typesOf(run), requirements: run.requirements, without },
    );
    return { version, jobName: job.fullName };
  }
}

function sourcesOf(run: TrackedRun): RunSource[] {
  const asked = run.jobSource === null ? KINDS : [run.jobSource];
  return asked
    .map((jobSource) => sourceOf({ ...run, jobSource }))
    .filter((source) => source.kind !== 'none');
}

function whyNone(run: TrackedRun): string {
  const source = sourceOf(run);
  return source.kind === 'none' ? source.why : '';
}

const typesOf = ({ config, summary }: TrackedRun): NonNullable<JobVersion['types']> => ({
  inputs: inputTypes(config),
  outputs: outputTypes(summary),
});

/**
 * A name given in the run (`Settings(job_name=...)`, `WANDB_JOB_NAME`) wins, then that of logged code;
 * others are derived like those of any repository or image.
 */
function nameOf(source: RunSource, run: TrackedRun): string | undefined {
  if (run.jobName !== null) return safeName(run.jobName);
  return source.kind === 'code' ? artifactJobName(source.artifactName) : undefined;
}

/** The name that the job would have if its code could be had. */
function recordName(run: TrackedRun, entryPoint: string[]): string {
  const { remote } = run.environment.git;
  if (run.jobName !== null) return safeName(run.jobName);
  if (remote !== null) return gitJobName(remote, entryPoint);
  const parts = [run.project ?? 'runs', entryPoint[1] ?? run.environment.program ?? ''];
  return safeName(`job-${parts.filter(Boolean).join('_')}`);
}
