import type { Json, JsonValues } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';
import type { LaunchProblem, RunSettings } from '../../shared/domain/launch-spec.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { LOCAL_RESOURCES } from '../../shared/resource-template.ts';
import { Findings } from '../delivery/findings.ts';
import { FLAGS, type FlagMeaning, type Gathered } from './docker-flags.ts';

export interface ResourceArgs {
  settings: Partial<RunSettings>;
  env: Record<string, string>;
  notes: string[];
  problems: LaunchProblem[];
}

/** Names of resources of W&B Launch that do not run here. */
const ELSEWHERE = ['kubernetes', 'sagemaker', 'gcp-vertex'];

/**
 * Resource arguments of W&B Launch (`{"local-container": {...}}`, or what is in it), which are flags of
 * `docker run`, as run settings. A flag that cannot be kept to is a problem that names it; nothing is
 * passed on to docker.
 */
export function settingsFromResourceArgs(args: JsonValues): ResourceArgs {
  const reader = new Reader();
  const isNested = [...LOCAL_RESOURCES, ...ELSEWHERE].some((name) => Object.hasOwn(args, name));
  if (!isNested) return reader.read(args, 'resource_args');
  for (const [name, flags] of Object.entries(args)) {
    if (LOCAL_RESOURCES.includes(name) && isRecord(flags))
      reader.read(flags, `resource_args.${name}`);
    else reader.refuse(`resource_args.${name}`, elsewhere(name), 'E_RESOURCES', LOCAL);
  }
  return reader.result();
}

const LOCAL = 'Give those of local-container: {"local-container": {"memory": "4g"}}.';

const elsewhere = (name: string): string =>
  ELSEWHERE.includes(name)
    ? `Resources of ${name} are not for this machine.`
    : `"${name}" is no set of resources.`;

class Reader {
  readonly #findings = new Findings();
  readonly #gathered: Gathered = { settings: {}, env: {}, cpuQuota: null, cpuPeriod: null };

  read(flags: JsonValues, path: string): ResourceArgs {
    for (const [name, value] of Object.entries(flags)) {
      // What is off or empty is a flag that is not there.
      if (value !== null && value !== false) this.#flag(name, value, `${path}.${name}`);
    }
    return this.result();
  }

  refuse(path: string, message: string, code: ErrorCode = 'E_RESOURCES', next?: string): void {
    this.#findings.problem(code, path, message, next ?? null);
  }

  result(): ResourceArgs {
    const { settings, env, cpuQuota, cpuPeriod } = this.#gathered;
    if (cpuQuota !== null && cpuQuota > 0) settings.cpus ??= cpuQuota / (cpuPeriod ?? 100_000);
    const { notes, problems } = this.#findings;
    return { settings, env, notes, problems };
  }

  #flag(written: string, value: Json, path: string): void {
    const name = written.replace(/^-+/, '').replaceAll('_', '-');
    const meaning = FLAGS.get(name.length === 1 ? name : name.toLowerCase());
    if (!meaning) {
      this.refuse(path, `The docker flag "${written}" is not supported.`, 'E_RESOURCES', SUPPORTED);
      return;
    }
    const wrong = this.#take(meaning, value);
    if (wrong === null) return;
    const message = `The docker flag "${written}" ${wrong.text}.`;
    this.refuse(path, message, wrong.code ?? 'E_RESOURCES', wrong.next);
  }

  #take(meaning: FlagMeaning, value: Json) {
    if (typeof meaning === 'string') {
      this.#findings.note(meaning);
      return null;
    }
    return meaning(value, this.#gathered);
  }
}

const SUPPORTED =
  'Supported are: cpus, cpu-period, cpu-quota, env, gpus, label, memory, network, pids-limit, shm-size, user and volume.';
