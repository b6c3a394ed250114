import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './field.module.css';

export interface Choice {
  value: string;
  title: ReactNode;
  text?: ReactNode;
  disabled?: boolean;
}

interface Props {
  label: string;
  value: string | null;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  hideLabel?: boolean;
}

/** One of a few, each with its reason beside it. */
export function ChoiceList({ label, value, choices, onChange, hideLabel }: Props) {
  return (
    <RadioGroup
      value={value}
      onChange={onChange}
      className={styles.radios ?? ''}
      {...(hideLabel && { 'aria-label': label })}
    >
      {!hideLabel && <Label className={styles.label ?? ''}>{label}</Label>}
      <div className={styles.radioList}>
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            isDisabled={choice.disabled ?? false}
            className={styles.radio ?? ''}
          >
            <span className={styles.knob} aria-hidden="true" />
            <span className={styles.radioText}>
              <span>{choice.title}</span>
              {choice.text && <span className="meta">{choice.text}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
