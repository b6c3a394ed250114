import { isDeepStrictEqual } from 'node:util';
import {
  DEFAULT_RUN_SETTINGS,
  EMPTY_SPEC,
  type LaunchSpec,
  type RunSettings,
} from '../../shared/domain/launch-spec.ts';
import { DEFAULT_QUEUE, type Queue, type QueuePlacement } from '../../shared/domain/queue.ts';
import { PRIORITIES, type EngineKind } from '../../shared/domain/run.ts';
import { AppError } from '../../shared/errors.ts';
import { variablesIn } from '../../shared/resource-template.ts';
import type { NewRun } from '../db/insert-run.ts';
import type { QueuesRepo } from '../db/queues-repo.ts';
import { refuseProblems } from '../launch/refuse-problems.ts';
import { settingsFromResourceArgs } from '../launch/resource-args.ts';
import { checkTime } from './check-move.ts';
import { noQueue } from './check-queue.ts';
import { valuesOf } from './check-variables.ts';
import { originsOf, withOrigins, type Origins } from './origins.ts';
import { fillIn } from './template.ts';

type NewPlace = NonNullable<NewRun['queue']>;

interface Launch {
  engine?: EngineKind | undefined;
  spec?: LaunchSpec | undefined;
  queue?: QueuePlacement | undefined;
  /** Where settings come from, for what is said of them when they cannot be used. */
  origins?: Origins;
}

/**
 * A launch as its queue lets it be: on the engine of the queue, with the resources of the queue under its own.
 * A launch without a queue is as it was.
 * @throws AppError `E_NOT_FOUND`, `E_ARGS` for another engine or a time that is none; what `valuesOf` throws;
 * for resources that the values do not make any of
 */
export function placeLaunch<T extends Launch>(
  queues: Pick<QueuesRepo, 'get' | 'list'>,
  launch: T,
): { launch: T & Pick<Launch, 'origins'>; place: NewPlace | undefined; notes: string[] } {
  if (!launch.queue) return { launch, place: undefined, notes: [] };
  const { queue, place } = placeIn(queues, launch.queue, launch.engine);
  const { notes, ...given } = withResources(queue, launch.queue, launch.spec ?? EMPTY_SPEC);
  const engine = launch.engine ?? queue.engine ?? undefined;
  return { launch: { ...launch, engine, ...given }, place, notes };
}

/**
 * The place of a run that is given what an earlier one was: nothing of the queue is added to it.
 * @throws AppError as {@link placeLaunch}; `E_ARGS` for variables, which would fill in nothing
 */
export function placeAgain(
  queues: Pick<QueuesRepo, 'get' | 'list'>,
  placement: QueuePlacement | undefined,
  engine: EngineKind,
): NewPlace | undefined {
  if (!placement) return undefined;
  if (Object.keys(placement.variables ?? {}).length > 0) {
    throw new AppError('E_ARGS', 'A run that is started once more keeps what it was given.', {
      next: 'Leave the variables away, or launch the job filled in from the run.',
    });
  }
  return placeIn(queues, placement, engine).place;
}

function placeIn(
  queues: Pick<QueuesRepo, 'get' | 'list'>,
  { queueId = DEFAULT_QUEUE, priority = 'medium', notBefore }: QueuePlacement,
  engine: EngineKind | undefined,
): { queue: Queue; place: NewPlace } {
  const queue = queues.get(queueId);
  if (!queue) throw noQueue(queueId, queues.list());
  if (engine !== undefined && queue.engine !== null && engine !== queue.engine) {
    throw otherEngine(queue, engine);
  }
  const time = notBefore === undefined ? null : checkTime(notBefore);
  return {
    queue,
    place: { id: queue.id, priority: PRIORITIES.indexOf(priority), notBefore: time },
  };
}

const otherEngine = ({ name, engine }: Queue, asked: EngineKind): AppError =>
  new AppError('E_ARGS', `The queue "${name}" uses the engine ${engine}, not ${asked}.`, {
    next: 'Choose another queue, or launch the job on that engine.',
  });

function withResources(
  queue: Queue,
  { variables = {} }: QueuePlacement,
  spec: LaunchSpec,
): { spec: LaunchSpec; origins: Origins; notes: string[] } {
  const values = valuesOf(queue, variables, variablesIn(queue.resourceArgs));
  const origins = originsOf(queue.name, queue.resourceArgs, values);
  const found = settingsFromResourceArgs(fillIn(queue.resourceArgs, values));
  refuseProblems(withOrigins(found.problems, origins));
  const own = new Set(spec.secrets.map(({ variable }) => variable));
  const env = Object.entries(found.env).filter(([name]) => !own.has(name));
  return {
    spec: {
      ...spec,
      env: { ...Object.fromEntries(env), ...spec.env },
      settings: settingsUnder(spec.settings, found.settings),
    },
    origins: ofQueueAlone(origins, spec.settings),
    notes: found.notes,
  };
}

/** Without what the launch says itself. */
const ofQueueAlone = (origins: Origins, own: RunSettings): Origins =>
  Object.fromEntries(Object.entries(origins).filter(([name]) => !isSaid(own, name)));

/** A setting that is as it is without a word was not said. */
const isSaid = (own: RunSettings, name: string): boolean =>
  Object.hasOwn(own, name) &&
  !isDeepStrictEqual(
    own[name as keyof RunSettings],
    DEFAULT_RUN_SETTINGS[name as keyof RunSettings],
  );

/**
 * The settings of a launch over those of its queue. A setting that is as it is without a word was not said:
 * the queue decides. Labels and mounts are joined; of two for one place, that of the launch.
 */
function settingsUnder(own: RunSettings, queue: Partial<RunSettings>): RunSettings {
  const said = Object.entries(own).filter(
    ([key, value]) => value !== DEFAULT_RUN_SETTINGS[key as keyof RunSettings],
  );
  const targets = new Set(own.mounts.map(({ target }) => target));
  const mounts = (queue.mounts ?? []).filter(({ target }) => !targets.has(target));
  return {
    ...DEFAULT_RUN_SETTINGS,
    ...queue,
    ...Object.fromEntries(said),
    labels: { ...queue.labels, ...own.labels },
    mounts: [...mounts, ...own.mounts],
  };
}
