import type { InputField } from '../../../../shared/domain/inputs.ts';

type Limits = Pick<
  InputField,
  'type' | 'step' | 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum'
>;

/** The digits behind the point, so that 0.1 and 0.2 come to 0.3. */
const decimals = (value: number): number => {
  const [digits = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
};

/** One step: as the schema says, else 1 for integers, else one of the digit that the value begins with. */
function stepOf({ step, type }: Limits, value: number): number {
  if (step !== null) return step;
  if (type === 'integer' || value === 0) return type === 'integer' ? 1 : 0.1;
  const size = 10 ** Math.floor(Math.log10(Math.abs(value)));
  return Math.min(size, 1);
}

/** The number one step on, held inside of what is allowed. */
export function stepped(value: number, by: 1 | -1, limits: Limits): number {
  const step = stepOf(limits, value);
  const places = Math.min(20, Math.max(decimals(value), decimals(step)));
  const next = Number((value + by * step).toFixed(places));
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = limits;
  if (exclusiveMinimum !== null && next <= exclusiveMinimum) return value;
  if (exclusiveMaximum !== null && next >= exclusiveMaximum) return value;
  return Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, next));
}
