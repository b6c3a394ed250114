import type { Json } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';
import {
  DEFAULT_RUN_SETTINGS,
  EMPTY_SPEC,
  type LaunchSpec,
  type RunSettings,
} from '../../shared/domain/launch-spec.ts';

/** What one place asks for; what it does not say comes from the layers below. */
export interface Layer extends Partial<Omit<LaunchSpec, 'settings'>> {
  /** In words, such as `--env`: where a person finds it. */
  from: string;
  settings?: Partial<RunSettings>;
}

/** A whole spec as a layer: settings that are as by default are not asked for. */
export function layerOf(from: string, spec: LaunchSpec): Layer {
  const asked = Object.entries(spec.settings).filter(
    ([key, value]) =>
      JSON.stringify(value) !== JSON.stringify(DEFAULT_RUN_SETTINGS[key as keyof RunSettings]),
  );
  const { args, ...rest } = spec;
  return { ...rest, ...(args.length > 0 && { args }), from, settings: Object.fromEntries(asked) };
}

/**
 * What all layers come to; a later one wins. Nested values of `config` and of files are merged, as W&B
 * merges them; everything else (a list, a value of an input, the words) is replaced as a whole.
 */
export const specOf = (layers: readonly Layer[]): LaunchSpec => layers.reduce(laidOver, EMPTY_SPEC);

function laidOver(below: LaunchSpec, layer: Layer): LaunchSpec {
  const { values, config, args, files, env, secrets = [], settings = {} } = layer;
  const hidden = new Set([...secrets.map(({ variable }) => variable), ...Object.keys(env ?? {})]);
  const kept = below.secrets.filter(({ variable }) => !hidden.has(variable));
  return {
    values: { ...below.values, ...values },
    config: merged(below.config, config ?? {}) as LaunchSpec['config'],
    args: args ?? below.args,
    files: merged(below.files, files ?? {}) as LaunchSpec['files'],
    env: without({ ...below.env, ...env }, secrets),
    secrets: [...kept, ...secrets],
    settings: { ...below.settings, ...settings },
  };
}

/** A secret of a layer stands for the plain value that a layer below gives its variable. */
const without = (
  env: Record<string, string>,
  secrets: LaunchSpec['secrets'],
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(([key]) => !secrets.some(({ variable }) => variable === key)),
  );

/** Not an object spread, which would take `__proto__` for more than a name. */
function merged(below: Json, above: Json): Json {
  if (!isRecord(below) || !isRecord(above)) return above;
  const entries = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const old = entries.get(key);
    entries.set(key, old === undefined ? value : merged(old, value));
  }
  return Object.fromEntries(entries);
}

/** Which layer gives each variable its value: that of the last one that names it. */
export function originsOfEnvironment(layers: readonly Layer[]): Map<string, string> {
  return new Map(
    layers.flatMap(({ env = {}, secrets = [], from }) =>
      [...Object.keys(env), ...secrets.map(({ variable }) => variable)].map((key) => [key, from]),
    ),
  );
}
