import type { Parameter } from '../../shared/domain/detection.ts';
import type { InputField } from '../../shared/domain/inputs.ts';

/** The input that a parameter found in the code comes to. */
export function fieldOfParameter(parameter: Parameter): InputField {
  const { name, type, help, choices, minimum, maximum, required, secret } = parameter;
  const { via, evidence, target, command } = parameter;
  const isConstant = target.kind === 'constant';
  return {
    ...{ name, type, help, choices, minimum, maximum, required, secret, command },
    title: null,
    placeholder: null,
    items: null,
    default: parameter.default,
    hasDefault: parameter.hasDefault,
    exclusiveMinimum: null,
    exclusiveMaximum: null,
    step: null,
    minItems: null,
    maxItems: null,
    uniqueItems: false,
    format: null,
    targets: isConstant ? [] : [target],
    origins: [{ kind: 'code', text: `${via}, ${evidence.file} line ${evidence.line}`, evidence }],
    group: name.split('.').slice(0, -1),
  };
}
