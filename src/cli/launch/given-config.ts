import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import { formatEntryPoint } from '../../core/detect/entry-point.ts';
import { specFromLaunchConfig, type LaunchConfig } from '../../core/launch/launch-config.ts';
import { settingsFromResourceArgs } from '../../core/launch/resource-args.ts';
import { refuseProblems } from '../../core/launch/refuse-problems.ts';
import { givenValues } from './given-document.ts';
import type { InputOptions } from './input-options.ts';
import type { JobOptions } from './job-options.ts';
import type { Layer } from './layers.ts';

/** What `-c` and `-R` say. */
export interface GivenConfig {
  layers: Layer[];
  /** Of `-c`: what to launch, in the words of the options. */
  asked: Partial<LaunchConfig>;
  notes: string[];
}

/**
 * Reads both, before anything is made.
 * @throws AppError `E_JSON`, `E_JSON_LIMIT`, `E_JSON_ROOT`, `E_ARGS`; for the first thing that is not kept to
 */
export function givenConfig({ config, resourceArgs }: InputOptions): GivenConfig {
  const given: GivenConfig = { layers: [], asked: {}, notes: [] };
  const problems: LaunchProblem[] = [];
  if (config !== undefined) {
    const read = givenValues(config, '-c');
    const asked = specFromLaunchConfig(read.values);
    const { args, config: values, files, env, settings } = asked;
    given.asked = asked;
    given.layers.push({ from: '-c', ...(args && { args }), config: values, files, env, settings });
    given.notes.push(...read.notes, ...asked.notes);
    problems.push(...asked.problems);
  }
  if (resourceArgs !== undefined) {
    const read = givenValues(resourceArgs, '-R');
    const found = settingsFromResourceArgs(read.values);
    given.layers.push({ from: '-R', env: found.env, settings: found.settings });
    given.notes.push(...read.notes, ...found.notes);
    problems.push(...found.problems);
  }
  refuseProblems(problems);
  return given;
}

/** The options, with what `-c` says where they say nothing. */
export function withConfig<O extends JobOptions & { name?: string; resource?: string }>(
  options: O,
  { asked }: GivenConfig,
): O {
  const { uri, job, dockerImage, entryPoint, dockerfile, name, project, entity, engine } = asked;
  const hasSource = [options.uri, options.job, options.dockerImage].some(isSaid);
  const said = {
    ...(hasSource ? {} : { uri, job, dockerImage }),
    ...{ dockerfile, name, project, entity, resource: engine },
    entryPoint: entryPoint ? formatEntryPoint(entryPoint) : null,
  };
  const fromConfig = Object.entries(said).filter(([, value]) => isSaid(value));
  const fromLine = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...fromConfig, ...fromLine]) as O;
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;
