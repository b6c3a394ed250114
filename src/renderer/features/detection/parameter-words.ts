import type { Parameter, ParameterTarget } from '../../../shared/domain/detection.ts';
import { assertNever } from '../../../shared/result.ts';

/** From here on a finding is shown as it is; below it is marked as a guess. */
const SURE = 0.6;

export const isGuess = ({ confidence }: { confidence: number }): boolean => confidence < SURE;

function argumentWords(target: Extract<ParameterTarget, { kind: 'argument' }>): string {
  const { flag, negative, style } = target;
  if (style === 'positional' || flag === null) return 'by position';
  if (style === 'hydra' || style === 'sacred') return `${flag}=…`;
  return negative === null ? flag : `${flag} / ${negative}`;
}

/** Where a value goes, as short as it can be said: `--lr`, `config.model.width`, `$SEED`. */
export function targetWords(target: ParameterTarget): string {
  switch (target.kind) {
    case 'argument':
      return argumentWords(target);
    case 'config':
      return `config.${target.path.join('.')}`;
    case 'file':
      return `${target.path}: ${target.key.join('.')}`;
    case 'environment':
      return `$${target.variable}`;
    case 'constant':
      return 'fixed in the code';
    default:
      return assertNever(target);
  }
}

/** A JSON value on one line. */
export const valueWords = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

function limits({ minimum, maximum }: Parameter): string | null {
  if (minimum !== null && maximum !== null) return `${minimum} to ${maximum}`;
  if (minimum !== null) return `at least ${minimum}`;
  return maximum === null ? null : `at most ${maximum}`;
}

/** What a value may be: "number, at least 1", "adamw or sgd". */
export function typeWords(parameter: Parameter): string {
  const { type, choices, secret } = parameter;
  if (choices && choices.length > 0) return choices.map(valueWords).join(' or ');
  const word = type === 'unknown' ? 'not known' : type;
  return [secret ? `secret ${word}` : word, limits(parameter)].filter(Boolean).join(', ');
}

/** The default in words; what a secret holds is not repeated. */
export function defaultWords({ hasDefault, required, secret, default: value }: Parameter): string {
  if (!hasDefault) return required ? 'required' : 'none';
  if (secret && value !== null && value !== '') return '••••';
  return value === '' ? '""' : valueWords(value);
}
