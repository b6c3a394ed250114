import { treeOf, type JobVersion } from '../../shared/domain/job.ts';
import type {
  LaunchPlan,
  LaunchProblem,
  LaunchSpec,
  RunSettings,
} from '../../shared/domain/launch-spec.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import { plannedSettingsInWords } from '../../shared/domain/settings-in-words.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { AppError } from '../../shared/errors.ts';
import type { EngineChooser } from '../host/engine-chooser.ts';
import { checkEnvironment } from '../delivery/environment.ts';
import { overrideFiles } from '../delivery/files/override-files.ts';
import { shellSyntaxHint } from '../detect/entry-point.ts';
import { limitProblem } from '../inputs/check-values.ts';
import type { InputService } from '../inputs/input-service.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import { checkInputs, withoutRefused } from './check-inputs.ts';
import { checkMounts, type MountRules } from './check-mounts.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSettings } from './check-settings.ts';
import { checkTotal } from './command-size.ts';
import { deliver, type Sent } from './deliver.ts';
import { chosenBefore, engineInQueue, withCause, type ChosenEngine } from './choose-engine.ts';
import { environmentInWords } from './environment-in-words.ts';
import { Findings } from '../delivery/findings.ts';
import { noteWandbVariables } from './note-wandb.ts';
import { withOrigins, type Origins } from '../queue/origins.ts';
import { planCommand } from './plan-command.ts';

export interface PlanRequest {
  version: JobVersion;
  /** The words that start the code: the version's own, or those of this launch. */
  entryPoint: string[];
  /** Null for the one that is used when nothing is said. */
  engine: EngineKind | null;
  spec: LaunchSpec;
  /** It would go into a queue, where it can wait for its engine. */
  isQueued?: boolean;
  /** The engine is away, and is not asked what it thinks of the settings. */
  isUnasked?: boolean;
  /** See {@link ChosenEngine}. */
  withoutDocker?: string | null;
  /** Where settings come from that the launch does not say itself. */
  origins?: Origins | undefined;
}

export interface PlannerParts {
  inputs: Pick<InputService, 'schema'>;
  snapshots: Pick<Snapshots, 'readFile'>;
  settings(): Settings;
  /** Names of all kept secrets. */
  secretNames(): string[];
  /** Finds the engine that is used when nothing is said, or in a queue. */
  chooser: Pick<EngineChooser, 'wanted' | 'setting'>;
  /** See `Engine.checkRun`. */
  checkRun(engine: EngineKind, run: RunSettings, signal: AbortSignal): Promise<LaunchProblem[]>;
  /** What no run may mount. */
  forbiddenMounts: MountRules['forbidden'];
}

/** Finds out what a launch would do, and what keeps it from starting, without starting anything. */
export class Planner {
  readonly #parts: PlannerParts;

  constructor(parts: PlannerParts) {
    this.#parts = parts;
  }

  /**
   * Problems are part of the plan: only a version that cannot be read makes it throw.
   * @throws AppError `E_CANCELLED`
   */
  async plan(request: PlanRequest, signal: AbortSignal = never): Promise<LaunchPlan> {
    const { version, spec } = request;
    const chosen = await this.#engine(request, signal);
    const { kind: engine } = chosen;
    const findings = new Findings();
    for (const note of chosen.notes) findings.note(note);
    const beyond = limitProblem(spec);
    if (beyond) findings.problems.push(beyond);
    const delivery = beyond ? nothing(request) : await this.#deliver(request, findings);
    await this.#checkSettings(spec.settings, chosen, findings, signal);
    return {
      delivery,
      engine,
      environment: environmentText(version, engine, this.#parts.settings(), findings),
      settings: plannedSettingsInWords(spec.settings),
      notes: findings.notes,
      problems: withOrigins(findings.problems, request.origins ?? {}),
    };
  }

  async #engine(request: PlanRequest, signal: AbortSignal): Promise<ChosenEngine> {
    const { engine, isQueued, version, isUnasked = false, withoutDocker = null } = request;
    const { chooser } = this.#parts;
    if (isQueued) return engineInQueue(chooser, { engine: engine ?? undefined, version }, signal);
    if (engine) return { ...chosenBefore(engine), isUnasked, withoutDocker };
    const found = await chooser.wanted(undefined, signal);
    return { ...chosenBefore(found.kind), withoutDocker: found.withoutDocker };
  }

  async #deliver(request: PlanRequest, findings: Findings): Promise<LaunchPlan['delivery']> {
    const { version, entryPoint, spec } = request;
    const schema = await this.#parts.inputs.schema(version);
    for (const note of schema.notes) findings.note(note);
    const hint = shellSyntaxHint(entryPoint);
    if (hint !== null) findings.note(hint);
    const { context } = version.build;
    const words = [...entryPoint, ...spec.args];
    const asked = deliver(spec, schema.fields, context, new Findings());
    checkInputs({ schema, spec, sent: asked, words }, findings);
    const usable = withoutRefused(schema, spec, findings.problems);
    const sent = deliver(usable, schema.fields, context, findings);
    const argv = planCommand(
      version,
      { entryPoint, fields: schema.fields, spec: usable },
      findings,
    );
    const { env, secrets, config } = sent;
    checkEnvironment(env, findings);
    checkSecrets({ env, secrets, kept: this.#parts.secretNames() }, findings);
    noteWandbVariables(env, findings);
    checkTotal({ argv, env, config }, findings);
    return { argv, env, secrets, files: await this.#files(version, sent, findings), config };
  }

  /** Config files are read as they are frozen in the version. */
  async #files(version: JobVersion, { files }: Sent, findings: Findings) {
    const tree = treeOf(version.source);
    const before = version.build.context === '' ? '' : `${version.build.context}/`;
    return overrideFiles(
      files,
      async (path, limit) =>
        tree === null ? null : this.#parts.snapshots.readFile(tree, before + path, limit),
      findings,
    );
  }

  async #checkSettings(
    settings: RunSettings,
    { kind, isUnasked, withoutDocker }: ChosenEngine,
    findings: Findings,
    signal: AbortSignal,
  ): Promise<void> {
    checkSettings(settings, findings);
    const granted = this.#parts.settings().mountFolders;
    const rules = { granted, forbidden: this.#parts.forbiddenMounts };
    findings.problems.push(...checkMounts(settings.mounts, rules));
    // What cannot be at all is not asked of an engine.
    if (isUnasked) return;
    if (findings.problems.some(({ path }) => path.startsWith('settings.'))) return;
    try {
      const found = await this.#parts.checkRun(kind, settings, signal);
      findings.problems.push(...withCause(found, withoutDocker));
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'E_CANCELLED') throw error;
      findings.problem(error.code, 'engine', error.message, error.next ?? null);
    }
  }
}

const never = new AbortController().signal;

const nothing = ({ entryPoint }: PlanRequest): LaunchPlan['delivery'] => ({
  argv: entryPoint,
  env: {},
  secrets: [],
  files: [],
  config: {},
});

function environmentText(
  version: JobVersion,
  engine: EngineKind,
  settings: Settings,
  findings: Findings,
): string {
  try {
    return environmentInWords(version, engine, settings);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    findings.problem(error.code, 'environment', error.message, error.next ?? null);
    return '';
  }
}
