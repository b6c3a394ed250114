import type { Parameter } from '../../shared/domain/detection.ts';
import type { InputField, InputSchema } from '../../shared/domain/inputs.ts';
import { plainField } from './plain-field.ts';

/** An input that is set by `--name value`, with what the test says of it. */
export const testField = (
  name: string,
  type: InputField['type'],
  more: Partial<InputField> = {},
): InputField => ({
  ...plainField(name, type),
  targets: [
    { kind: 'argument', flag: `--${name}`, negative: null, style: 'space', multiple: null },
  ],
  ...more,
});

export const testSchema = (...fields: InputField[]): InputSchema => ({
  fields,
  presets: [],
  notes: [],
});

/** What detection finds, with what the test says of it. */
export const testParameter = (name: string, more: Partial<Parameter> = {}): Parameter => ({
  name,
  type: 'number',
  default: null,
  hasDefault: false,
  required: false,
  choices: null,
  minimum: null,
  maximum: null,
  help: null,
  secret: false,
  target: { kind: 'argument', flag: `--${name}`, negative: null, style: 'space', multiple: null },
  via: 'argparse',
  evidence: { file: 'train.py', line: 3 },
  confidence: 0.95,
  command: null,
  ...more,
});
