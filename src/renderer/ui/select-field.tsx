import { Check, ChevronsUpDown } from 'lucide-react';
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components';
import styles from './field.module.css';
import select from './select-field.module.css';
import menu from './menu.module.css';

export interface SelectOption {
  id: string;
  title: string;
  meta?: string;
}

interface Props {
  label: string;
  value: string;
  options: readonly SelectOption[];
  onChange: (id: string) => void;
  hint?: string | null | undefined;
}

/** One of many, from a list. */
export function SelectField({ label, value, options, onChange, hint }: Props) {
  const chosen = options.find(({ id }) => id === value);
  return (
    <Select
      className={styles.field ?? ''}
      selectedKey={value}
      onSelectionChange={(id) => id !== null && onChange(String(id))}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <Button className={select.button ?? ''}>
        <SelectValue className={select.value ?? ''}>
          {() => (
            <>
              {chosen?.title}
              {chosen?.meta && <span className={select.meta}>{chosen.meta}</span>}
            </>
          )}
        </SelectValue>
        <ChevronsUpDown size={14} aria-hidden="true" />
      </Button>
      {hint && <p className={styles.hint}>{hint}</p>}
      <Popover className={menu.popover ?? ''} offset={4}>
        <ListBox items={options} className={menu.menu ?? ''}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.title} className={menu.item ?? ''}>
              <span className={menu.check}>{option.id === value && <Check size={14} />}</span>
              <span className="ellipsis">{option.title}</span>
              {option.meta && <span className={menu.meta}>{option.meta}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
