import { DEFAULT_RUN_SETTINGS } from '../../shared/domain/launch-spec.ts';
import type { Queue, QueueChoices } from '../../shared/domain/queue.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { Engine } from '../engines/engine.ts';
import type { EngineChooser } from '../host/engine-chooser.ts';
import { refuseProblems } from '../launch/refuse-problems.ts';
import { settingsFromResourceArgs } from '../launch/resource-args.ts';
import { checkQueue, hasSameResources } from './check-queue.ts';
import { withoutOpen } from './check-resources.ts';
import { originsOf, withOrigins } from './origins.ts';
import { changed, choicesOf, type QueueChange, type QueueService } from './queue-service.ts';
import { fillIn } from './template.ts';

/** So long the engine is waited for: a launch asks it again. */
const ASK_MS = 1000;

export interface QueueMakerParts {
  queues: Pick<QueueService, 'get' | 'create' | 'update'>;
  chooser: Pick<EngineChooser, 'wanted'>;
  engine(kind: EngineKind): Pick<Engine, 'checkRun'>;
}

/** Makes and changes queues, and refuses what the machine of the engine has not got for any launch of theirs. */
export class QueueMaker {
  readonly #parts: QueueMakerParts;

  constructor(parts: QueueMakerParts) {
    this.#parts = parts;
  }

  /** @throws AppError as `QueueService.create`, `E_RESOURCES` for more than there is, `E_CANCELLED` */
  async create(choices: QueueChoices, signal: AbortSignal): Promise<Queue> {
    await this.#fit(checkQueue(choices), signal);
    return this.#parts.queues.create(choices);
  }

  /** @throws AppError as `QueueService.update`, and as {@link create} where resources are to be others */
  async update(id: string, change: QueueChange, signal: AbortSignal): Promise<Queue> {
    const queue = this.#parts.queues.get(id);
    const checked = checkQueue(changed(queue, change), choicesOf(queue));
    if (!hasSameResources(checked, queue)) await this.#fit(checked, signal);
    return this.#parts.queues.update(id, change);
  }

  /** Without limits there is no engine to ask; one that is away is asked by the launch. */
  async #fit(
    { engine, resourceArgs, variables }: QueueChoices,
    signal: AbortSignal,
  ): Promise<void> {
    const values = defaultsOf(variables);
    const { settings } = settingsFromResourceArgs(withoutOpen(fillIn(resourceArgs, values)));
    const { cpus = null, memoryBytes = null, gpus = null } = settings;
    if (engine === 'process' || (cpus ?? memoryBytes ?? gpus) === null) return;
    const { available } = await this.#parts.chooser.wanted('docker', signal);
    if (!available) return;
    const run = { ...DEFAULT_RUN_SETTINGS, cpus, memoryBytes, gpus };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]);
    const asked = this.#parts.engine('docker').checkRun(run, limit);
    const problems = await asked.catch(() => []);
    refuseProblems(withOrigins(problems, originsOf(null, resourceArgs, values)));
  }
}

/** What a variable is where a launch says nothing: other values may fit where that does not, or not. */
const defaultsOf = (variables: Queue['variables']): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
