import { ChevronsUpDown } from 'lucide-react';
import {
  Button,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components';
import { useId } from 'react';
import type { ErrorData } from '../../shared/errors.ts';
import { FieldError } from './text-field.tsx';
import styles from './field.module.css';
import menu from './menu.module.css';

interface Props {
  label: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
  error?: ErrorData | null | undefined;
  hint?: string | undefined;
}

/** Free text with known values offered. */
export function ComboField({ label, value, options, onChange, error, hint }: Props) {
  const under = useId();
  return (
    <ComboBox
      allowsCustomValue
      menuTrigger="focus"
      inputValue={value}
      onInputChange={onChange}
      defaultItems={options.map((name) => ({ name }))}
      isInvalid={Boolean(error)}
      className={styles.field ?? ''}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={styles.withButton}>
        <Input className={styles.input ?? ''} spellCheck={false} aria-describedby={under} />
        <Button aria-label={`Show ${label.toLowerCase()}s`}>
          <ChevronsUpDown size={14} aria-hidden="true" />
        </Button>
      </div>
      {error ? (
        <FieldError id={under} error={error} />
      ) : (
        hint && (
          <p id={under} className={styles.hint}>
            {hint}
          </p>
        )
      )}
      <Popover className={menu.popover ?? ''} offset={4}>
        <ListBox className={menu.menu ?? ''}>
          {(item: { name: string }) => (
            <ListBoxItem id={item.name} textValue={item.name} className={menu.item ?? ''}>
              {item.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
