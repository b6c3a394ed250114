import type { Json } from '../../../../shared/domain/json.ts';
import { Plus, X } from 'lucide-react';
import { useLayoutEffect, useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { cx } from '../../../lib/cx.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import ui from '../../../ui/field.module.css';
import { placeholderOf, valueWords } from '../field-words.ts';
import { readTyped, splitPasted, writeTyped } from '../value-text.ts';
import { useInput, type ControlProps } from './use-input.ts';
import styles from '../inputs.module.css';

/** Any number of values, a row each. Pasted lines, or words parted by commas, become rows. */
export function ListControl({ field, label, id, describedBy, invalid }: ControlProps) {
  const input = useInput(field);
  const box = useRef<HTMLDivElement>(null);
  const type = field.items?.type ?? 'unknown';
  const rows: Json[] = Array.isArray(input.value) ? input.value : [];
  const isOther = input.value !== undefined && !Array.isArray(input.value);

  const read = (text: string): Json => readTyped(text, type) ?? '';
  const put = (at: number, count: number, values: Json[]): void =>
    input.set(rows.toSpliced(at, count, ...values));
  // As soon as it is drawn, not a frame later: the next key is for it.
  const focusNext = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (focusNext.current === null) return;
    box.current?.querySelectorAll('input')[focusNext.current]?.focus();
    focusNext.current = null;
  });
  const focusRow = (at: number): void => {
    focusNext.current = at;
  };
  const add = (at: number): void => {
    put(at, 0, ['']);
    focusRow(at);
  };
  const remove = (at: number): void => {
    input.set(rows.length === 1 ? undefined : rows.toSpliced(at, 1));
    focusRow(Math.max(0, at - 1));
  };
  const onPaste = (event: ClipboardEvent, at: number): void => {
    const parts = splitPasted(event.clipboardData.getData('text'));
    if (parts.length < 2) return;
    event.preventDefault();
    const isBlank = rows[at] === '' || at === rows.length;
    put(isBlank ? at : at + 1, isBlank && at < rows.length ? 1 : 0, parts.map(read));
    focusRow(at + parts.length - 1);
  };
  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') add(at + 1);
    else if (event.key === 'Backspace' && rows[at] === '') remove(at);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={box}
      id={id}
      role="group"
      aria-label={label}
      aria-describedby={describedBy}
      className={styles.list}
    >
      {isOther && <code className="mono">{valueWords(input.value)}</code>}
      {rows.map((value, at) => (
        <div key={at} className={styles.listRow}>
          <input
            type="text"
            aria-label={`${label}, item ${at + 1}`}
            aria-invalid={invalid || undefined}
            autoComplete="off"
            spellCheck={false}
            className={cx(ui.input, 'mono')}
            value={writeTyped(value, type)}
            onBlur={input.leave}
            onChange={(event) => put(at, 1, [read(event.target.value)])}
            onPaste={(event) => onPaste(event, at)}
            onKeyDown={(event) => onKeyDown(event, at)}
          />
          <IconButton label={`Remove item ${at + 1}`} icon={<X />} onClick={() => remove(at)} />
        </div>
      ))}
      <div className={styles.listEnd}>
        <Button
          look="quiet"
          icon={<Plus />}
          aria-label={`Add an item to ${label}`}
          onClick={() => add(rows.length)}
          onPaste={(event) => onPaste(event, rows.length)}
        >
          Add item
        </Button>
        {field.hasDefault && (
          <span className="meta ellipsis">
            {input.value !== undefined && 'instead of '}
            {placeholderOf(field)}
          </span>
        )}
      </div>
    </div>
  );
}
