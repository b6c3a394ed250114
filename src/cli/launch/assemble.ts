import type { InputSchema } from '../../shared/domain/inputs.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { LaunchProblem, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { Core } from '../../core/create-core.ts';
import { readParams } from '../../core/inputs/read-params.ts';
import { valuesFromConfig } from '../../core/inputs/values-from-config.ts';
import { refuseProblems } from '../../core/launch/refuse-problems.ts';
import { environmentOf, secretsOf } from './environment-options.ts';
import { fittedLayers } from './fitted-layers.ts';
import type { GivenConfig } from './given-config.ts';
import type { InputOptions } from './input-options.ts';
import { originsOfEnvironment, specOf, type Layer } from './layers.ts';
import { settingsOf, type SettingOptions } from './setting-options.ts';

export interface Assembled {
  spec: LaunchSpec;
  /** Where the value of each variable was given. */
  origins: Map<string, string>;
  /** What a person should know of how it was read. */
  notes: string[];
  /** What of `--param` cannot be read; it is not in `spec`. */
  problems: LaunchProblem[];
}

export type GivenOptions = InputOptions & SettingOptions;

/** Everything the options say a run of the version is to be given, in the order of precedence. */
export async function assemble(
  core: Core,
  version: JobVersion,
  options: GivenOptions,
  { words, config }: { words: readonly string[]; config: GivenConfig },
): Promise<Assembled> {
  const line = lineLayer(options, words);
  const fitted = await fittedLayers(core, version, options);
  const schema = await core.inputs.schema(version);
  const params = readParams(schema, options.param ?? []);
  const layers = [
    ...fitted.map(({ layer }) => layer),
    ...config.layers.map((layer) => withValues(schema, layer)),
    { ...line, values: params.values },
  ];
  return {
    spec: specOf(layers),
    origins: originsOfEnvironment(layers),
    notes: [...fitted.flatMap(({ notes }) => notes), ...config.notes, ...params.notes],
    problems: params.problems,
  };
}

/** The same, for what is started or kept. @throws AppError for the first value that cannot be read */
export async function assembleValid(...given: Parameters<typeof assemble>): Promise<Assembled> {
  const assembled = await assemble(...given);
  refuseProblems(assembled.problems);
  return assembled;
}

/** What of a `run_config` is an input of the version goes to the code as that input does, too. */
const withValues = (schema: InputSchema, layer: Layer): Layer =>
  layer.config ? { ...layer, ...valuesFromConfig(schema, layer.config) } : layer;

/** What the line itself says, beside values of inputs. */
function lineLayer(options: GivenOptions, words: readonly string[]): Layer {
  const { env = [], secret = [] } = options;
  return {
    from: 'the command line',
    env: environmentOf(env, process.env),
    secrets: secretsOf(secret),
    ...(words.length > 0 && { args: [...words] }),
    settings: settingsOf(options),
  };
}
