import type { Parameter } from '../../shared/domain/detection.ts';
import type { InputField, InputTarget } from '../../shared/domain/inputs.ts';
import { plainField } from './plain-field.ts';

/** The input that a parameter found in the code comes to. */
export function fieldOfParameter(parameter: Parameter): InputField {
  const { name, type, help, choices, minimum, maximum, required, hasDefault, command } = parameter;
  const { via, evidence } = parameter;
  const targets = targetsOf(parameter);
  const secret = targets.some(({ kind }) => kind === 'secret');
  return {
    ...plainField(name, type),
    ...{ help, choices, minimum, maximum, required, hasDefault, command, targets, secret },
    default: secret ? null : parameter.default,
    origins: [{ kind: 'code', text: `${via}, ${evidence.file} line ${evidence.line}`, evidence }],
  };
}

/** Of what looks like a secret, only a variable can be given without anybody seeing it. */
function targetsOf({ target, secret }: Parameter): InputTarget[] {
  if (target.kind === 'constant') return [];
  const isHidden = secret && target.kind === 'environment';
  return isHidden ? [{ kind: 'secret', variable: target.variable }] : [target];
}

/** What a person should know of values that look like secrets and cannot be given as such. */
export const openSecrets = (parameters: readonly Parameter[]): string[] =>
  parameters
    .filter(({ secret, target }) => secret && !HIDDEN.includes(target.kind))
    .map(
      ({ name }) =>
        `"${name}" looks like a secret, but the code does not take it as an environment variable: what is given for it can be seen.`,
    );

const HIDDEN: readonly Parameter['target']['kind'][] = ['environment', 'constant'];
