import { noValues } from '../../shared/domain/json.ts';
import type { Delivery, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { Run } from '../../shared/domain/run.ts';
import { putAll, putValue } from '../delivery/json.ts';

/**
 * What a run was set to, nested, for the columns of lists: values by the names of their inputs, and what
 * `wandb.config` is told. Null when nothing was set.
 */
export function runConfig(spec: LaunchSpec, delivery: Delivery): Run['config'] {
  const config = noValues();
  for (const [name, value] of Object.entries(spec.values)) putValue(config, name.split('.'), value);
  putAll(config, delivery.config);
  return Object.keys(config).length === 0 ? null : config;
}
