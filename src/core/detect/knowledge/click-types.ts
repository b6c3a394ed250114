import type { Parameter } from '../../../shared/domain/detection.ts';
import type { Handler } from '../reading/machine.ts';
import { native } from '../reading/values.ts';
import type { Call, Native } from '../reading/values.ts';
import { choicesOf, isTrue, numberOf } from './draft.ts';

/** `click.Choice([...])`, `click.IntRange(1, 3)`, `click.Path()`. */
export class ClickType implements Native {
  readonly type: Parameter['type'];
  readonly choices: Parameter['choices'];
  readonly minimum: number | null;
  readonly maximum: number | null;

  constructor(type: Parameter['type'], call: Call | null) {
    this.type = type;
    const isRange = type === 'integer' || type === 'number';
    this.choices = isRange ? null : choicesOf(call?.get(0, 'choices'));
    this.minimum = isRange ? numberOf(call?.get(0, 'min')) : null;
    this.maximum = isRange ? numberOf(call?.get(1, 'max')) : null;
  }

  /** It stands for no value of the code. */
  attribute(): null {
    return null;
  }
}

const typed =
  (type: Parameter['type'], takesArguments: boolean): Handler =>
  (_machine, call) =>
    native(new ClickType(type, takesArguments ? call : null));

export const CLICK_TYPES: Readonly<Record<string, Handler>> = {
  Choice: typed('string', true),
  IntRange: typed('integer', true),
  FloatRange: typed('number', true),
  Path: typed('path', false),
  File: typed('path', false),
  DateTime: typed('string', false),
};

/** Whether an option has a flag that only switches something on. */
export const isSwitch = (call: Call): boolean =>
  isTrue(call.named.get('is_flag')) || call.named.has('flag_value');
