import type { InputField } from '../../../shared/domain/inputs.ts';
import { Chips } from '../../ui/chips.tsx';
import { fixedValues, valueWord } from './axis-draft.ts';
import { splitWords } from './split-words.ts';
import styles from './axis.module.css';

interface Props {
  field: InputField;
  label: string;
  list: string;
  onChange: (list: string) => void;
}

/** The values of an axis: picked where they are known, else typed with commas between. */
export function AxisList({ field, label, list, onChange }: Props) {
  const words = fixedValues(field)?.map(valueWord);
  if (words) {
    const chosen = new Set(splitWords(list));
    const toggle = (word: string): void => {
      const next = words.filter((other) => chosen.has(other) !== (other === word));
      onChange(next.join(', '));
    };
    return (
      <Chips
        label={`${label}, to try`}
        options={words.map((word) => ({ id: word, title: word }))}
        chosen={chosen}
        onToggle={toggle}
      />
    );
  }
  return (
    <input
      aria-label={`${label}, values with commas between`}
      value={list}
      placeholder="Values, with commas between"
      spellCheck={false}
      autoComplete="off"
      className={`mono ${styles.input}`}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
