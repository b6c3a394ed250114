import type { DroppedValue, FittedSpec } from '../../shared/domain/fitted-spec.ts';
import type { InputField, InputSchema } from '../../shared/domain/inputs.ts';
import { noValues, type Json } from '../../shared/domain/json.ts';
import type { LaunchSpec } from '../../shared/domain/launch-spec.ts';
import { faultsOf } from './check-value.ts';

/**
 * A spec that was made for something else, as a version with these inputs takes it: what has no place
 * here, or is no value any more, is told and left out. The rest (arguments, environment, settings) stays.
 */
export function fitSpec(schema: InputSchema, spec: LaunchSpec): FittedSpec {
  const fields = new Map(schema.fields.map((field) => [field.name, field]));
  const values = noValues();
  const dropped: DroppedValue[] = [];
  for (const [name, value] of Object.entries(spec.values)) {
    const why = whyNot(fields.get(name), value);
    if (why === null) values[name] = value;
    else dropped.push({ name, value, why });
  }
  return { spec: { ...spec, values }, dropped, notes: [] };
}

function whyNot(field: InputField | undefined, value: Json): string | null {
  if (!field) return 'This version has no such input.';
  if (field.targets.length === 0) return 'This version has it as a constant.';
  const [fault] = faultsOf(field, value);
  return fault ? `It ${fault.text}.` : null;
}
