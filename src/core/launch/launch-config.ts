import { noValues, type Json, type JsonValues } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';
import type { LaunchProblem, RunSettings } from '../../shared/domain/launch-spec.ts';
import { PRIORITIES, type EngineKind, type Priority } from '../../shared/domain/run.ts';
import { AppError } from '../../shared/errors.ts';
import { parseEntryPoint } from '../detect/entry-point.ts';
import { nearNames } from '../near-names.ts';
import { Findings } from '../delivery/findings.ts';
import { settingsFromResourceArgs } from './resource-args.ts';

/** What a launch spec of W&B says; null for what it does not. */
export interface LaunchConfig {
  entryPoint: string[] | null;
  args: string[] | null;
  /** `overrides.run_config`. */
  config: JsonValues;
  files: Record<string, JsonValues>;
  /** Path from the build context. */
  dockerfile: string | null;
  dockerImage: string | null;
  /** `[entity/project/]name[:alias]`. */
  job: string | null;
  uri: string | null;
  name: string | null;
  project: string | null;
  entity: string | null;
  engine: EngineKind | null;
  /** Name of the queue to put it into, its priority there, and values of the queue's variables. */
  queue: string | null;
  priority: Priority | null;
  variables: Record<string, string | number> | null;
  env: Record<string, string>;
  settings: Partial<RunSettings>;
  notes: string[];
  problems: LaunchProblem[];
}

/** Reads the launch spec that `wandb launch --config` takes. What is in it and not kept to is said by name. */
export const specFromLaunchConfig = (spec: JsonValues): LaunchConfig =>
  new ConfigReader().read(spec);

const ENGINES: Readonly<Record<string, EngineKind>> = {
  docker: 'docker',
  local: 'docker',
  'local-container': 'docker',
  process: 'process',
  'local-process': 'process',
};

/** What only means something to W&B's own queues and servers. */
const UNUSED = ['run_id', 'author', 'builder', 'registry', 'sweep_id'];
const WORDS = ['name', 'project', 'entity', 'job', 'uri', 'queue'] as const;

class ConfigReader {
  readonly #findings = new Findings();
  readonly #made: Omit<LaunchConfig, 'notes' | 'problems'> = {
    ...{ entryPoint: null, args: null, config: noValues(), files: {}, dockerfile: null },
    ...{ dockerImage: null, job: null, uri: null, name: null, project: null, entity: null },
    ...{ engine: null, env: {}, settings: {}, queue: null, priority: null, variables: null },
  };

  read(spec: JsonValues): LaunchConfig {
    this.#each(spec, '', (key, value) => this.#top(key, value));
    const { notes, problems } = this.#findings;
    return { ...this.#made, notes, problems };
  }

  /** What is null or empty is not said. */
  #each(of: JsonValues, at: string, take: (key: string, value: Json) => boolean): void {
    for (const [key, value] of Object.entries(of)) {
      const isEmpty = value === null || value === '' || JSON.stringify(value) === '{}';
      if (!isEmpty && !take(key, value)) this.#unknown(key, at);
    }
  }

  #top(key: string, value: Json): boolean {
    const word = WORDS.find((each) => each === key);
    if (word !== undefined) this.#made[word] = this.#text(value, key);
    else if (key === 'resource') this.#resource(value);
    else if (key === 'overrides') this.#in(value, key, (name, each) => this.#override(name, each));
    else if (key === 'docker') this.#in(value, key, (name, each) => this.#docker(name, each));
    else if (key === 'resource_args') this.#resourceArgs(value);
    else if (UNUSED.includes(key)) this.#findings.note(`"${key}" is not used on this machine.`);
    else if (key === 'priority') this.#priority(value);
    else if (key === 'template_variables') this.#variables(this.#values(value, key));
    else return false;
    return true;
  }

  #override(key: string, value: Json): boolean {
    const path = `overrides.${key}`;
    if (key === 'args') this.#made.args = this.#words(value, path);
    else if (key === 'entry_point') this.#entryPoint(value, path);
    else if (key === 'dockerfile') this.#made.dockerfile = this.#text(value, path);
    else if (key === 'run_config') this.#made.config = this.#values(value, path);
    else if (key === 'files') this.#files(value, path);
    else if (key === 'artifacts')
      this.#refuse(path, 'would make the W&B SDK fail, which works without a server here');
    else if (key === 'working_dir')
      this.#refuse(path, 'cannot be changed: programs start in the folder of the code');
    else return false;
    return true;
  }

  #docker(key: string, value: Json): boolean {
    if (key !== 'docker_image') return false;
    this.#made.dockerImage = this.#text(value, 'docker.docker_image');
    return true;
  }

  #in(value: Json, path: string, take: (key: string, value: Json) => boolean): void {
    this.#each(this.#values(value, path), `${path}.`, take);
  }

  #resource(value: Json): void {
    const name = this.#text(value, 'resource') ?? '';
    if (Object.hasOwn(ENGINES, name)) this.#made.engine = ENGINES[name] ?? null;
    else
      this.#refuse(
        'resource',
        `cannot be ${JSON.stringify(value)} here`,
        'Use local-container or local-process.',
      );
  }

  /** By number, as the service keeps it, or by name. */
  #priority(value: Json): void {
    const found = PRIORITIES.find((name, number) => value === name || value === number);
    if (found) this.#made.priority = found;
    else this.#refuse('priority', 'takes a number from 0 (critical) to 3 (low)');
  }

  #variables(values: JsonValues): void {
    const entries: [string, string | number][] = [];
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'string' || typeof value === 'number') entries.push([name, value]);
      else this.#refuse(`template_variables.${name}`, 'takes a text or a number');
    }
    this.#made.variables = Object.fromEntries(entries);
  }

  #resourceArgs(value: Json): void {
    const found = settingsFromResourceArgs(this.#values(value, 'resource_args'));
    Object.assign(this.#made, { settings: found.settings, env: found.env });
    for (const note of found.notes) this.#findings.note(note);
    this.#findings.problems.push(...found.problems);
  }

  #entryPoint(value: Json, path: string): void {
    try {
      const words =
        typeof value === 'string' ? parseEntryPoint(value) : wordsOfCommand(value, path);
      this.#made.entryPoint = words.length === 0 ? null : words;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#findings.problem(error.code, path, error.message, error.next ?? null);
    }
  }

  #files(value: Json, path: string): void {
    for (const [file, values] of Object.entries(this.#values(value, path))) {
      this.#made.files[file] = this.#values(values, `${path}.${file}`);
    }
  }

  #text(value: Json, path: string): string | null {
    if (typeof value === 'string') return value;
    this.#refuse(path, 'takes text');
    return null;
  }

  #words(value: Json, path: string): string[] | null {
    if (
      Array.isArray(value) &&
      value.every((each) => typeof each === 'string' || typeof each === 'number')
    ) {
      return value.map(String);
    }
    this.#refuse(path, 'takes a list of words', 'Write it as ["--lr", "0.1"].');
    return null;
  }

  #values(value: Json, path: string): JsonValues {
    if (isRecord(value)) return value;
    this.#refuse(path, 'takes named values', 'Write it as {"name": value}.');
    return noValues();
  }

  #refuse(path: string, text: string, next: string | null = null): void {
    this.#findings.problem('E_PARAM_VALUE', path, `"${path}" ${text}.`, next);
  }

  #unknown(key: string, at: string): void {
    const near = nearNames(
      key,
      at === 'overrides.' ? OVERRIDES : at === '' ? TOP : ['docker_image'],
    );
    const next = near.length > 0 ? `Did you mean: ${near.join(', ')}` : null;
    const path = `${at}${key}`;
    this.#findings.problem('E_PARAM_UNKNOWN', path, `"${path}" is no part of a launch spec.`, next);
  }
}

/** A number is no word of a command: `["python", 3]` is a mistake. */
function wordsOfCommand(value: Json, path: string): string[] {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new AppError('E_ENTRYPOINT', `"${path}" takes a command: a text, or a list of texts.`, {
    next: 'Write it as ["python", "main.py"].',
  });
}

const TOP = [
  ...[...WORDS, 'overrides', 'resource', 'resource_args', 'docker'],
  ...['priority', 'template_variables'],
];
const OVERRIDES = ['args', 'entry_point', 'dockerfile', 'run_config', 'files'];
