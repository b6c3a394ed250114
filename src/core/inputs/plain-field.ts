import type { InputField } from '../../shared/domain/inputs.ts';

/** An input of which nothing but name and type is known. */
export const plainField = (name: string, type: InputField['type']): InputField => ({
  ...{ name, type },
  title: null,
  help: null,
  placeholder: null,
  items: null,
  default: null,
  hasDefault: false,
  required: false,
  choices: null,
  minimum: null,
  maximum: null,
  exclusiveMinimum: null,
  exclusiveMaximum: null,
  step: null,
  minItems: null,
  maxItems: null,
  uniqueItems: false,
  format: null,
  secret: false,
  targets: [],
  origins: [],
  group: name.split('.').slice(0, -1),
  command: null,
});
