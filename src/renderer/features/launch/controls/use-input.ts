import type { Json } from '../../../../shared/domain/json.ts';
import type { InputField } from '../../../../shared/domain/inputs.ts';
import { useInputPart, useLaunchStore } from '../launch-context.ts';
import { leavePlace, setValue } from '../launch-store.ts';
import { readTyped, shownText } from '../value-text.ts';

export interface ControlProps {
  field: InputField;
  /** What its label and its message point at. */
  id: string;
  label: string;
  describedBy: string | undefined;
  invalid: boolean;
}

export interface InputHandle {
  /** Undefined while the code's own holds. */
  value: Json | undefined;
  /** What the code will see: the value, or the default when that is known. */
  effective: Json | undefined;
  /** The value as words, as they were typed. */
  text: string;
  set(value: Json | undefined): void;
  type(text: string): void;
  leave(): void;
}

/** An input's value, and the ways to change it. */
export function useInput({ name, type, hasDefault, default: own }: InputField): InputHandle {
  const store = useLaunchStore();
  const place = `values.${name}`;
  const value = useInputPart(name, ({ spec }) =>
    Object.hasOwn(spec.values, name) ? spec.values[name] : undefined,
  );
  const typed = useInputPart(name, (state) => state.texts[place]);
  return {
    value,
    effective: value === undefined && hasDefault ? own : value,
    text: shownText(typed, value, type),
    set: (next) => setValue(store, name, next),
    type: (text) => setValue(store, name, readTyped(text, type), text),
    leave: () => leavePlace(store, place),
  };
}

/** What all kinds of text controls are given. */
export const inputProps = ({ id, describedBy, invalid }: ControlProps) => ({
  id,
  'aria-describedby': describedBy,
  'aria-invalid': invalid || undefined,
});
