import { NumberInput } from '../../../ui/number-input.tsx';
import { placeholderOf } from '../field-words.ts';
import { stepped } from './step.ts';
import { inputProps, useInput, type ControlProps } from './use-input.ts';

/** A number as text with a stepper; steps start from the default. */
export function NumberControl(props: ControlProps) {
  const { field } = props;
  const input = useInput(field);
  const start = typeof input.effective === 'number' ? input.effective : (field.minimum ?? 0);
  return (
    <NumberInput
      {...inputProps(props)}
      value={input.text}
      required={field.required}
      placeholder={placeholderOf(field)}
      onChange={input.type}
      onStep={(by) => input.set(stepped(start, by, field))}
      onBlur={input.leave}
    />
  );
}
