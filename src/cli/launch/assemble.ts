import type { JobVersion } from '../../shared/domain/job.ts';
import type { LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { Core } from '../../core/create-core.ts';
import { environmentOf, secretsOf } from './environment-options.ts';
import { fittedLayers } from './fitted-layers.ts';
import type { InputOptions } from './input-options.ts';
import { originsOfEnvironment, specOf, type Layer } from './layers.ts';
import { settingsOf, type SettingOptions } from './setting-options.ts';

export interface Assembled {
  spec: LaunchSpec;
  /** Where the value of each variable was given. */
  origins: Map<string, string>;
  /** What a person should know of how it was read. */
  notes: string[];
}

/** Everything the options say a run of the version is to be given, in the order of precedence. */
export async function assemble(
  core: Core,
  version: JobVersion,
  options: InputOptions & SettingOptions,
  words: readonly string[],
): Promise<Assembled> {
  const fitted = await fittedLayers(core, version, options);
  const layers = [...fitted.map(({ layer }) => layer), lineLayer(options, words)];
  const notes = fitted.flatMap((each) => each.notes);
  return { spec: specOf(layers), origins: originsOfEnvironment(layers), notes };
}

/** What the line itself says, beside values of inputs. */
function lineLayer(options: InputOptions & SettingOptions, words: readonly string[]): Layer {
  const { env = [], secret = [] } = options;
  return {
    from: 'the command line',
    env: environmentOf(env, process.env),
    secrets: secretsOf(secret),
    ...(words.length > 0 && { args: [...words] }),
    settings: settingsOf(options),
  };
}
