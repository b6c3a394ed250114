import type { FittedSpec } from '../../shared/domain/fitted-spec.ts';
import type { InputPreset } from '../../shared/domain/inputs.ts';
import { treeOf, type JobVersion } from '../../shared/domain/job.ts';
import type { JsonValues } from '../../shared/domain/json.ts';
import { EMPTY_SPEC, type LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { Run } from '../../shared/domain/run.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import { fileTextOf } from '../jobs/file-text.ts';
import { nearNames } from '../near-names.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import { limitProblem } from './check-values.ts';
import { fitSpec } from './fit-spec.ts';
import type { InputService } from './input-service.ts';
import { presetOfFile } from './preset-file.ts';
import { savedPresets } from './saved-presets.ts';
import { valuesFromConfig } from './values-from-config.ts';

export interface PresetServiceParts {
  repos: Pick<Repos, 'presets' | 'specs'>;
  snapshots: Snapshots;
  inputs: InputService;
  clock: Pick<Clock, 'now'>;
}

const NAME_LIMIT = 128;

/** Values from elsewhere (presets, earlier runs, another version), as a version can take them. */
export class PresetService {
  readonly #parts: PresetServiceParts;

  constructor(parts: PresetServiceParts) {
    this.#parts = parts;
  }

  /**
   * What a preset asks for. Without `kind` a saved one wins over a file of the same name; a file is also
   * found by its path. @throws AppError `E_PRESET`
   */
  async values(version: JobVersion, name: string, kind?: InputPreset['kind']): Promise<FittedSpec> {
    const schema = await this.#parts.inputs.schema(version);
    const saved = kind === 'file' ? null : this.#parts.repos.presets.get(version.jobId, name);
    if (saved) return fitSpec(schema, saved.spec);
    const files = schema.presets.filter((each) => each.kind === 'file' && kind !== 'saved');
    const file = files.find((each) => each.name === name || each.path === name);
    if (!file) throw noPreset(name, schema.presets);
    return presetOfFile(schema, file, await this.#textOf(version, file));
  }

  /** Keeps a spec under a name of the job, in place of what had it. @throws AppError `E_PRESET`, `E_JSON_LIMIT` */
  save(jobId: string, name: string, spec: LaunchSpec): InputPreset[] {
    const { repos, clock } = this.#parts;
    const problem = limitProblem(spec);
    if (problem) throw new AppError(problem.code as ErrorCode, problem.message);
    repos.presets.save(jobId, { name: checkedName(name), spec }, clock.now());
    return savedPresets(repos.presets, jobId);
  }

  /** @throws AppError `E_PRESET` when there is none of that name */
  remove(jobId: string, name: string): InputPreset[] {
    const { presets } = this.#parts.repos;
    if (!presets.get(jobId, name)) throw noPreset(name, savedPresets(presets, jobId));
    presets.remove(jobId, name);
    return savedPresets(presets, jobId);
  }

  /**
   * What an earlier run was given, fitted to a version: what was asked for it, or for one that was
   * imported the config it ended up with.
   */
  async fromRun(run: Run, version: JobVersion): Promise<FittedSpec> {
    const schema = await this.#parts.inputs.schema(version);
    const given = this.#parts.repos.specs.of(run.id);
    if (given) return fitSpec(schema, given.spec);
    const { _wandb: _, ...config } = (run.config ?? {}) as JsonValues;
    return fitSpec(schema, { ...EMPTY_SPEC, ...valuesFromConfig(schema, config) });
  }

  /** What was filled in for another version, as far as this one takes it. */
  async fit(spec: LaunchSpec, version: JobVersion): Promise<FittedSpec> {
    return fitSpec(await this.#parts.inputs.schema(version), spec);
  }

  async #textOf({ source }: JobVersion, preset: InputPreset): Promise<string> {
    const path = preset.path!;
    const tree = treeOf(source);
    const file = tree === null ? null : await fileTextOf(this.#parts.snapshots, tree, path);
    if (file && !file.binary && !file.truncated) return file.text;
    throw new AppError('E_PRESET', `The preset ${path} is no text file of at most 512 KB.`);
  }
}

function checkedName(name: string): string {
  const trimmed = name.trim();
  const isFine = trimmed !== '' && trimmed.length <= NAME_LIMIT && !/\p{C}/u.test(trimmed);
  if (isFine) return trimmed;
  throw new AppError('E_PRESET', 'A preset needs a name of 1 to 128 visible characters.');
}

function noPreset(name: string, presets: readonly InputPreset[]): AppError {
  const names = presets.map((each) => each.name);
  const near = nearNames(name, names);
  const list = (near.length > 0 ? near : names.slice(0, 5)).map((each) => `"${each}"`).join(', ');
  const next = list === '' ? 'This job has none yet.' : `There is ${list}.`;
  return new AppError('E_PRESET', `There is no preset "${name}".`, { next });
}
