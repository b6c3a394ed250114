import type { InputField } from '../../../shared/domain/inputs.ts';
import type { ArgumentTarget } from '../argument-words.ts';

/** An input as a test needs it, read by `reader`. */
export const field = (
  name: string,
  targets: InputField['targets'],
  more: Partial<InputField> = {},
  reader = 'argparse',
): InputField => ({
  ...{ name, targets, title: null, help: null, placeholder: null, type: 'unknown', items: null },
  ...{ default: null, hasDefault: false, required: false, choices: null },
  ...{ minimum: null, maximum: null, exclusiveMinimum: null, exclusiveMaximum: null, step: null },
  ...{ minItems: null, maxItems: null, uniqueItems: false, format: null, secret: false },
  origins: [{ kind: 'code', text: `${reader}, train.py line 3`, evidence: null }],
  ...{ group: [], command: null },
  ...more,
});

export const target = (
  flag: string | null,
  style: ArgumentTarget['style'],
  more: Partial<ArgumentTarget> = {},
): ArgumentTarget => ({ kind: 'argument', flag, negative: null, style, multiple: null, ...more });

/** An input that is one argument. */
export const argument = (
  name: string,
  style: ArgumentTarget['style'],
  more: Partial<ArgumentTarget> & { field?: Partial<InputField>; reader?: string } = {},
): InputField => {
  const { field: about, reader, ...rest } = more;
  const flag =
    style === 'positional' ? null : style === 'hydra' || style === 'sacred' ? name : `--${name}`;
  return field(name, [target(flag, style, rest)], about, reader);
};
