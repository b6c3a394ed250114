import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { commandHint, type Command } from '../commands/command.ts';
import { cx } from '../lib/cx.ts';
import styles from './button.module.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet';
  icon?: ReactNode;
}

/** A button of the window. `quiet` has no frame until it is pointed at. */
export function Button({ look = 'plain', icon, className, children, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(styles.button, styles[look], !children && styles.iconOnly, className)}
    >
      {icon}
      {children}
    </button>
  );
}

/** A button with an icon and no words; `label` is its name and tooltip. */
export function IconButton({ label, ...rest }: Omit<Props, 'children'> & { label: string }) {
  return <Button look="quiet" title={label} aria-label={label} {...rest} />;
}

interface CommandProps extends Omit<Props, 'onClick' | 'title'> {
  command: Command;
}

/** A button for an entry of the command list; its own words, the command's tooltip. */
export function CommandButton({ command, children, ...rest }: CommandProps) {
  return (
    <Button
      {...rest}
      title={commandHint(command)}
      {...(!children && { 'aria-label': command.title.replace('…', '') })}
      onClick={() => command.run()}
    >
      {children}
    </Button>
  );
}
