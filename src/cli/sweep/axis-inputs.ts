import type { InputSchema } from '../../shared/domain/inputs.ts';
import type { AxisInputs } from './axes.ts';

/** The inputs of a version, for reading the values of a sweep. */
export function axisInputs(schema: InputSchema): AxisInputs {
  const typeOf = (name: string) => schema.fields.find((field) => field.name === name)?.type;
  return {
    read: (name, text) => (typeOf(name) === 'string' ? text : JSON.parse(text)),
    isInteger: (name) => typeOf(name) === 'integer',
  };
}
