import type { InputField } from '../../shared/domain/inputs.ts';
import { noValues, type JsonValues } from '../../shared/domain/json.ts';
import type { LaunchSpec } from '../../shared/domain/launch-spec.ts';
import { mergeJson, putValue, valueAt } from '../delivery/json.ts';
import type { Findings } from '../delivery/findings.ts';

/**
 * The config of a spec, with the values that are set in it: a `run_config` or a preset puts an input there
 * as well as where the code takes it, and the input may have been set otherwise since.
 */
export function configWithValues(
  { config, values }: Pick<LaunchSpec, 'config' | 'values'>,
  fields: readonly InputField[],
  findings: Findings,
): JsonValues {
  const made = mergeJson(config, noValues());
  for (const { name, targets, secret } of fields) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const isSent = secret || targets.some(({ kind }) => kind === 'config');
    const path = value === undefined || isSent ? null : pathOfCopy(config, name);
    if (value === undefined || path === null) continue;
    if (JSON.stringify(valueAt(config, path)) === JSON.stringify(value)) continue;
    putValue(made, path, value);
    findings.note(`"${path.join('.')}" of the config takes the value of the input "${name}".`);
  }
  return made;
}

const pathOfCopy = (config: JsonValues, name: string): string[] | null =>
  [[name], [name.replaceAll('-', '_')], name.split('.')].find(
    (path) => valueAt(config, path) !== undefined,
  ) ?? null;
