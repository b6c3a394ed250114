import { Minus, Plus } from 'lucide-react';
import type { InputHTMLAttributes, KeyboardEvent } from 'react';
import { cx } from '../lib/cx.ts';
import field from './field.module.css';
import styles from './number-input.module.css';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'step'> {
  value: string;
  onChange: (text: string) => void;
  /** Goes one step up (1) or down (-1). */
  onStep: (by: 1 | -1) => void;
}

const ARROWS: Readonly<Record<string, 1 | -1>> = { ArrowUp: 1, ArrowDown: -1 };

/**
 * A number as text, so that `1e-3` stays as it is written, with a stepper. The buttons are for the
 * mouse alone: the arrow keys do the same.
 */
export function NumberInput({ value, onChange, onStep, onKeyDown: heard, ...rest }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    heard?.(event);
    const by = ARROWS[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onStep(by);
  };
  return (
    <span className={styles.number}>
      <input
        {...rest}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        value={value}
        className={cx(field.input, 'mono', styles.input)}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className={styles.steps} aria-hidden="true">
        <button type="button" tabIndex={-1} title="Less" onClick={() => onStep(-1)}>
          <Minus size={12} />
        </button>
        <button type="button" tabIndex={-1} title="More" onClick={() => onStep(1)}>
          <Plus size={12} />
        </button>
      </span>
    </span>
  );
}
