import type { Json } from '../../../../shared/domain/json.ts';
import { Chips } from '../../../ui/chips.tsx';
import { Pick } from '../../../ui/pick.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { placeholderOf, valueWords } from '../field-words.ts';
import { sameValue } from '../value-text.ts';
import { inputProps, useInput, type ControlProps } from './use-input.ts';

const UNSET = 'unset';
/** Up to so many letters, a few choices stand side by side. */
const SHORT = 32;

const choiceOptions = (choices: readonly Json[]): { id: string; title: string }[] =>
  choices.map((choice, at) => ({ id: String(at), title: valueWords(choice) }));

const idOf = (choices: readonly Json[], value: Json | undefined): string | null => {
  const at = choices.findIndex((choice) => sameValue(choice, value));
  return at < 0 ? null : String(at);
};

/** One of some values: side by side when they are few and short. */
export function ChoiceControl(props: ControlProps) {
  const { field, label, id, describedBy } = props;
  const input = useInput(field);
  const choices = field.choices ?? [];
  const options = choiceOptions(choices);
  const choose = (chosen: string): void =>
    input.set(chosen === UNSET ? undefined : choices[Number(chosen)]);
  const width = options.reduce((sum, { title }) => sum + title.length, 0);
  if (choices.length <= 3 && width <= SHORT) {
    const value = idOf(choices, input.effective);
    return <Segmented {...{ id, label, describedBy, value, options }} onChange={choose} />;
  }
  // What a preset or an earlier version chose stays to be seen, though it is no choice any more.
  const stray = input.value !== undefined && idOf(choices, input.value) === null;
  const own = field.hasDefault ? `${placeholderOf(field)} (default)` : 'Not set';
  const known = [{ id: UNSET, title: own }, ...options];
  const all = stray ? [...known, { id: 'stray', title: valueWords(input.value) }] : known;
  return (
    <Pick
      {...inputProps(props)}
      required={field.required}
      value={stray ? 'stray' : (idOf(choices, input.value) ?? UNSET)}
      options={all}
      onChange={choose}
      onBlur={input.leave}
    />
  );
}

/** Any of some values. */
export function ChoicesControl({ field, label, id, describedBy }: ControlProps) {
  const input = useInput(field);
  const choices = field.items?.choices ?? [];
  const chosen = Array.isArray(input.effective) ? input.effective : [];
  const toggle = (at: string): void => {
    const choice = choices[Number(at)]!;
    const isOn = chosen.some((value) => sameValue(value, choice));
    // In the order of the choices, with what is none of them kept behind.
    const strays = chosen.filter((value) => idOf(choices, value) === null);
    const picked = choices.filter((one) =>
      sameValue(one, choice) ? !isOn : chosen.some((value) => sameValue(value, one)),
    );
    input.set([...picked, ...strays]);
  };
  return (
    <Chips
      {...{ id, label, describedBy }}
      options={choiceOptions(choices)}
      chosen={new Set(chosen.flatMap((value) => idOf(choices, value) ?? []))}
      onToggle={toggle}
    />
  );
}
