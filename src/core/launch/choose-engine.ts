import type { JobVersion } from '../../shared/domain/job.ts';
import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { EngineChooser } from '../host/engine-chooser.ts';

/** The engine of a launch. */
export interface ChosenEngine {
  kind: EngineKind;
  /** It is away and waited for: it is not asked what it thinks of the launch. */
  isUnasked: boolean;
  /** Why the launch does without Docker, which would be used if it could be; null where it is not missed. */
  withoutDocker: string | null;
  /** What who launches is told of it. */
  notes: string[];
}

/** One that nothing has to be found out about. */
export const chosenBefore = (kind: EngineKind): ChosenEngine => ({
  ...{ kind, isUnasked: false, withoutDocker: null, notes: [] },
});

/**
 * The engine of a launch that goes into a queue, where it can wait for one that is away. One that nobody named
 * is decided on now, for good (docs/adr/0019-queues.md).
 * @param version left away where it is not made yet
 * @throws AppError `E_CANCELLED`
 */
export async function engineInQueue(
  chooser: Pick<EngineChooser, 'wanted' | 'setting'>,
  { engine, version }: { engine: EngineKind | undefined; version: JobVersion | undefined },
  signal: AbortSignal,
): Promise<ChosenEngine> {
  const only = chooser.setting === 'auto' ? onlyEngineOf(version) : undefined;
  const found = await chooser.wanted(engine ?? only, signal);
  const { kind, available, text, withoutDocker } = found;
  const notes = [
    ...(available ? [] : [`The ${kind} engine is waited for: ${text}`]),
    ...(withoutDocker === null ? [] : [missedNote(withoutDocker)]),
  ];
  return { kind, isUnasked: !available, withoutDocker, notes };
}

/** The one engine that can run a version: it is waited for, and no other one used. */
const onlyEngineOf = (version: JobVersion | undefined): EngineKind | undefined =>
  version?.source.kind === 'image' ? 'docker' : undefined;

const missedNote = (why: string): string =>
  `It will run without a container (process engine), because Docker is not available now: ${why} ` +
  'Name the engine docker (--engine docker) to wait for it.';

/**
 * What the engine refuses, with why it is not Docker, which would not refuse it.
 * @param withoutDocker see {@link ChosenEngine}
 */
export const withCause = (
  problems: readonly LaunchProblem[],
  withoutDocker: string | null,
): readonly LaunchProblem[] =>
  withoutDocker === null
    ? problems
    : problems.map((problem) => ({
        ...problem,
        message: `Docker is not available now: ${withoutDocker} ${problem.message}`,
        next: TO_WAIT,
      }));

const TO_WAIT =
  'To wait for Docker, launch into a queue with --engine docker, or into a queue that has this engine. Or leave this setting out.';
