import type { InputSchema } from '../../shared/domain/inputs.ts';
import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import type { JsonValues } from '../../shared/domain/json.ts';
import { nearNames } from '../near-names.ts';

/** What is wrong with the values of a launch, by the inputs of its version. */
export function checkValues(schema: InputSchema, values: JsonValues): LaunchProblem[] {
  const names = new Set(schema.fields.map(({ name }) => name));
  return Object.keys(values)
    .filter((name) => !names.has(name))
    .map((name) => {
      const near = nearNames(name, names);
      return {
        code: 'E_PARAM_UNKNOWN',
        path: `values.${name}`,
        message: `There is no input "${name}".`,
        next: near.length > 0 ? `Did you mean: ${near.join(', ')}` : null,
      };
    });
}
