import type { InputSchema } from '../../shared/domain/inputs.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { LaunchPlan, LaunchProblem, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { RunSettings } from '../../shared/domain/launch-spec.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { AppError } from '../../shared/errors.ts';
import { checkEnvironment } from '../delivery/environment.ts';
import type { InputService } from '../inputs/input-service.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import { checkMounts, type MountRules } from './check-mounts.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSettings } from './check-settings.ts';
import { checkValues } from './check-values.ts';
import { commandLine } from './command-line.ts';
import { checkCommand } from './command-size.ts';
import { deliver } from './deliver.ts';
import { environmentInWords } from './environment-in-words.ts';
import { Findings } from './findings.ts';
import { settingsInWords } from './settings-in-words.ts';

export interface PlanRequest {
  version: JobVersion;
  /** The words that start the code: the version's own, or those of this launch. */
  entryPoint: string[];
  engine: EngineKind | null;
  spec: LaunchSpec;
}

export interface PlannerParts {
  inputs: Pick<InputService, 'schema'>;
  snapshots: Pick<Snapshots, 'readFile'>;
  settings(): Settings;
  /** Names of all kept secrets. */
  secretNames(): string[];
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
    const { version, engine, spec } = request;
    const schema = await this.#parts.inputs.schema(version);
    const findings = new Findings();
    for (const note of schema.notes) findings.note(note);
    findings.problems.push(...checkValues(schema, spec.values));
    const usable = usableValues(schema, spec, findings);
    const sent = deliver(usable, schema.fields, version.build.context, findings);
    const argv = this.#command(request, schema, usable, findings);
    checkEnvironment(sent.env, findings);
    checkSecrets({ ...sent, kept: this.#parts.secretNames() }, findings);
    await this.#checkSettings(spec.settings, engine, findings, signal);
    return {
      delivery: { argv, env: sent.env, secrets: sent.secrets, files: [], config: sent.config },
      engine,
      environment: environmentText(version, engine, this.#parts.settings(), findings),
      settings: settingsInWords(spec.settings),
      notes: findings.notes,
      problems: findings.problems,
    };
  }

  #command(
    { version, entryPoint }: PlanRequest,
    { fields }: InputSchema,
    { values, args }: LaunchSpec,
    findings: Findings,
  ): string[] {
    const parts = { fields, values: new Map<string, Json>(Object.entries(values)), args };
    const own = version.source.kind === 'image' ? version.source.command : [];
    const words = commandLine({ ...parts, entryPoint }, findings);
    const isBare = entryPoint.length === 0 && words.length > 0;
    // Arguments alone are no command: they go behind what the image starts by itself.
    const argv = isBare ? commandLine({ ...parts, entryPoint: own }, new Findings()) : words;
    checkCommand(argv, findings);
    return argv;
  }

  async #checkSettings(
    settings: RunSettings,
    engine: EngineKind | null,
    findings: Findings,
    signal: AbortSignal,
  ): Promise<void> {
    checkSettings(settings, findings);
    const granted = this.#parts.settings().mountFolders;
    const rules = { granted, forbidden: this.#parts.forbiddenMounts };
    findings.problems.push(...checkMounts(settings.mounts, rules));
    if (engine === null) return;
    try {
      findings.problems.push(...(await this.#parts.checkRun(engine, settings, signal)));
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'E_CANCELLED') throw error;
      findings.note(`What the ${engine} engine can do is not known now: ${error.message}`);
    }
  }
}

const never = new AbortController().signal;

/** The spec without values that are refused anyway, so that one fault is told once. */
function usableValues(schema: InputSchema, spec: LaunchSpec, { problems }: Findings): LaunchSpec {
  const refused = new Set(problems.map(({ path }) => path));
  const names = new Set(schema.fields.map(({ name }) => name));
  const entries = Object.entries(spec.values).filter(
    ([name]) => names.has(name) && !refused.has(`values.${name}`),
  );
  return { ...spec, values: Object.fromEntries(entries) };
}

function environmentText(
  version: JobVersion,
  engine: EngineKind | null,
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
