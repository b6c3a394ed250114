import { useRef, useState, type FormEvent } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import type { RunColumn, RunCondition } from '../../../shared/domain/run-list.ts';
import { Button } from '../../ui/button.tsx';
import { ComboField } from '../../ui/combo-field.tsx';
import menu from '../../ui/menu.module.css';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import {
  COMPARISON_OPTIONS,
  isAlone,
  readConditionValue,
  typedValue,
  valueHint,
  type Comparison,
} from './condition-words.ts';
import { columnTitle, OWN_COLUMN_IDS } from './run-columns.tsx';
import styles from './filters.module.css';

interface Props {
  anchor: HTMLElement;
  known: readonly RunColumn[];
  /** What is there so far, or the column alone. */
  start: Partial<RunCondition>;
  onDone: (condition: RunCondition) => void;
  onClose: () => void;
}

/** Names of columns for people, and back: a name that is in both is told apart. */
function columnNames(known: readonly RunColumn[]): Map<string, string> {
  const names = new Map<string, string>(OWN_COLUMN_IDS.map((id) => [columnTitle(id), id]));
  for (const { id, name, of } of known) {
    names.set(names.has(name) ? `${name} (${of === 'config' ? 'config' : 'result'})` : name, id);
  }
  return names;
}

function Form({ known, start, onDone }: Omit<Props, 'anchor' | 'onClose'>) {
  const names = columnNames(known);
  const nameOf = (id: string): string =>
    [...names].find(([, other]) => other === id)?.[0] ?? columnTitle(id);
  const [name, setName] = useState(start.column ? nameOf(start.column) : '');
  const [is, setIs] = useState<Comparison>(start.is ?? '=');
  const column = names.get(name) ?? (start.column && nameOf(start.column) === name && start.column);
  const [text, setText] = useState(
    start.value === undefined ? '' : typedValue(start.column ?? '', start.value),
  );
  const [tried, setTried] = useState(false);
  const value = column ? readConditionValue(column, text) : null;
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!column || (value === null && !isAlone(is))) return;
    onDone({ column, is, ...(!isAlone(is) && value !== null && { value }) });
  };
  const wrong = (message: string, next: string) => ({ code: 'E_ARGS', message, next }) as const;
  return (
    <form className={styles.editor} onSubmit={apply}>
      <ComboField
        label="Column"
        value={name}
        options={[...names.keys()]}
        onChange={setName}
        error={
          tried && !column ? wrong('There is no such column.', 'Choose one of the list.') : null
        }
      />
      <SelectField
        label="Comparison"
        value={is}
        options={COMPARISON_OPTIONS}
        onChange={(id) => setIs(id as Comparison)}
      />
      {!isAlone(is) && (
        <TextField
          label="Value"
          autoFocus={start.column !== undefined}
          value={text}
          placeholder={valueHint(column || '')}
          mono
          onChange={setText}
          error={
            tried && value === null
              ? wrong(
                  'That is no value to compare with.',
                  `For example ${valueHint(column || '')}.`,
                )
              : null
          }
        />
      )}
      <Button type="submit" look="primary">
        Apply
      </Button>
    </form>
  );
}

/** One condition of a filter: a column, how it is compared, and with what. */
export function ConditionEditor({ anchor, onClose, ...form }: Props) {
  const trigger = useRef(anchor);
  return (
    <Popover
      isOpen
      triggerRef={trigger}
      placement="bottom start"
      offset={4}
      onOpenChange={(open) => !open && onClose()}
      className={menu.popover ?? ''}
    >
      <Dialog aria-label="Condition" className={styles.dialog ?? ''}>
        <Form {...form} />
      </Dialog>
    </Popover>
  );
}
