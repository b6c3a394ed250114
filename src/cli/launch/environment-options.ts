import { AppError } from '../../shared/errors.ts';
import type { SecretUse } from '../../shared/domain/launch-spec.ts';

/**
 * `KEY=VALUE`, or `KEY` with the value it has for the caller. Whether a key can be one of a variable is
 * checked with the rest of the launch.
 * @throws AppError `E_ENV_KEY` for one that is given twice, `E_ENV_VALUE` for one that is not set here
 */
export function environmentOf(
  texts: readonly string[],
  ours: NodeJS.ProcessEnv,
): Record<string, string> {
  const pairs = texts.map((text) => variableOf(text, ours));
  refuseTwice(pairs.map(([key]) => key));
  return Object.fromEntries(pairs);
}

function variableOf(text: string, ours: NodeJS.ProcessEnv): [string, string] {
  const at = text.indexOf('=');
  if (at >= 0) return [text.slice(0, at), text.slice(at + 1)];
  const value = ours[text];
  if (value !== undefined) return [text, value];
  throw new AppError('E_ENV_VALUE', `The variable "${text}" is not set here.`, {
    next: `Set it, or give it a value: --env ${text}=...`,
  });
}

/** `NAME`, or `VARIABLE=NAME`: a kept secret, never a value. @throws AppError `E_ENV_KEY` */
export function secretsOf(texts: readonly string[]): SecretUse[] {
  const uses = texts.map((text) => {
    const at = text.indexOf('=');
    return { variable: at < 0 ? text : text.slice(0, at), secret: text.slice(at + 1) };
  });
  refuseTwice(uses.map(({ variable }) => variable));
  return uses;
}

function refuseTwice(keys: readonly string[]): void {
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice === undefined) return;
  throw new AppError('E_ENV_KEY', `The variable "${twice}" is given twice.`, {
    next: 'Give it once.',
  });
}
