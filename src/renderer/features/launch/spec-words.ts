import type { LaunchSpec, RunSettings } from '../../../shared/domain/launch-spec.ts';
import type { Json } from '../../../shared/domain/json.ts';

const pairs = (flag: string, entries: readonly string[]): string[] =>
  entries.flatMap((entry) => [flag, entry]);

const some = (flag: string, value: string | number | null): string[] =>
  value === null ? [] : [flag, String(value)];

/** A value as `--param` reads it by the type of the input. */
const paramText = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

function retryWords({ retry }: RunSettings): string[] {
  if (!retry) return [];
  const wait = retry.waitSeconds > 0 ? ['--retry-wait', `${retry.waitSeconds}s`] : [];
  const on = retry.on.length === 1 ? ['--retry-on', retry.on.join(',')] : [];
  return ['--retry', String(retry.times), ...wait, ...on];
}

function settingsWords(settings: RunSettings): string[] {
  const { cpus, memoryBytes, shmBytes, pids, gpus, timeLimitSeconds, user } = settings;
  return [
    ...some('--cpus', cpus),
    ...some('--memory', memoryBytes),
    ...some('--shm-size', shmBytes),
    ...some('--pids', pids),
    ...some('--gpus', gpus),
    ...some('--time-limit', timeLimitSeconds === null ? null : `${timeLimitSeconds}s`),
    ...(settings.network ? [] : ['--no-network']),
    ...pairs(
      '--mount',
      settings.mounts.map(({ source, target, readOnly }) =>
        [source, target, ...(readOnly ? [] : ['rw'])].join(':'),
      ),
    ),
    ...some('--user', user),
    ...pairs(
      '--label',
      Object.entries(settings.labels).map(([name, value]) => `${name}=${value}`),
    ),
    ...pairs('--output', settings.outputs),
    ...pairs('--metric', settings.metricPatterns),
    ...retryWords(settings),
    ...(settings.skipIdentical ? ['--skip-identical'] : []),
  ];
}

/** What has no option of its own goes in as a launch config. */
function configWords({ config, files }: LaunchSpec): string[] {
  const overrides = {
    ...(Object.keys(config).length > 0 && { run_config: config }),
    ...(Object.keys(files).length > 0 && { files }),
  };
  return Object.keys(overrides).length > 0 ? ['-c', JSON.stringify({ overrides })] : [];
}

/** A spec as options of `slipway launch`; the words behind `--` are those for the program. */
export function specWords(spec: LaunchSpec): string[] {
  return [
    ...configWords(spec),
    ...pairs(
      '--param',
      Object.entries(spec.values).map(([name, value]) => `${name}=${paramText(value)}`),
    ),
    ...pairs(
      '--env',
      Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
    ),
    ...pairs(
      '--secret',
      spec.secrets.map(({ variable, secret }) => `${variable}=${secret.replace(/^run:/, '')}`),
    ),
    ...settingsWords(spec.settings),
    ...(spec.args.length > 0 ? ['--', ...spec.args] : []),
  ];
}
