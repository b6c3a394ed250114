import type { InputSchema } from '../../shared/domain/inputs.ts';
import type { Json } from '../../shared/domain/json.ts';
import { readParams } from '../../core/inputs/read-params.ts';
import { refuseProblems } from '../../core/launch/refuse-problems.ts';
import type { AxisInputs } from './axes.ts';

/** The inputs of a version, for reading the values of a sweep. */
export const axisInputs = (schema: InputSchema): AxisInputs => ({
  read: (name, text) => {
    const { values, problems } = readParams(schema, [`${name}=${text}`]);
    refuseProblems(problems);
    return Object.values(values)[0] as Json;
  },
  isInteger: (name) => typeOf(schema, name) === 'integer',
  isText: (name) => typeOf(schema, name) === 'string',
});

const typeOf = ({ fields }: InputSchema, input: string) =>
  fields.find(({ name }) => name === input)?.type;
