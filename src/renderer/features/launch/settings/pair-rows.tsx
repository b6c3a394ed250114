import { Plus, X } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { cx } from '../../../lib/cx.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import ui from '../../../ui/field.module.css';
import { sameValue } from '../value-text.ts';
import { focusLastRow } from './focus-last-row.ts';
import styles from '../inputs.module.css';

type Pair = readonly [name: string, value: string];

interface Props {
  /** What one of them is called: "variable". */
  what: string;
  namePlaceholder: string;
  values: Readonly<Record<string, string>>;
  /** With the name that is there twice, if any. */
  onChange: (values: Record<string, string>, twice: string | null) => void;
  isWrong: (name: string) => boolean;
  /** More to do with a row. */
  extra?: (name: string, value: string) => ReactNode;
}

const named = (pairs: readonly Pair[]): Pair[] => pairs.filter(([name]) => name !== '');

function twiceIn(pairs: readonly Pair[]): string | null {
  const names = named(pairs).map(([name]) => name);
  return names.find((name, at) => names.indexOf(name) !== at) ?? null;
}

/** Names with their values, a row each. A row without a name yet is kept here alone. */
export function PairRows(props: Props) {
  const { what, namePlaceholder, values, onChange, isWrong, extra } = props;
  const [typed, setTyped] = useState<readonly Pair[]>([]);
  const box = useRef<HTMLDivElement>(null);
  const rows = sameValue(Object.fromEntries(named(typed)), values) ? typed : Object.entries(values);
  const put = (next: readonly Pair[]): void => {
    setTyped(next);
    onChange(Object.fromEntries(named(next)), twiceIn(next));
  };
  const add = (): void => {
    put([...rows, ['', '']]);
    focusLastRow(box.current);
  };
  return (
    <div ref={box} className={styles.list}>
      {rows.map(([name, value], at) => (
        <div key={at} data-row className={styles.pair}>
          <input
            type="text"
            aria-label={`Name of ${what} ${at + 1}`}
            aria-invalid={isWrong(name) || undefined}
            placeholder={namePlaceholder}
            value={name}
            spellCheck={false}
            autoComplete="off"
            className={cx(ui.input, 'mono')}
            onChange={({ target }) => put(rows.with(at, [target.value, value]))}
          />
          <input
            type="text"
            aria-label={`Value of ${name || `${what} ${at + 1}`}`}
            placeholder="value"
            value={value}
            spellCheck={false}
            autoComplete="off"
            className={cx(ui.input, 'mono')}
            onChange={({ target }) => put(rows.with(at, [name, target.value]))}
          />
          <IconButton
            label={`Remove ${name || what}`}
            icon={<X />}
            onClick={() => put(rows.toSpliced(at, 1))}
          />
          {extra?.(name, value)}
        </div>
      ))}
      <div className={styles.listEnd}>
        <Button look="quiet" icon={<Plus />} onClick={add}>
          Add {what}
        </Button>
      </div>
    </div>
  );
}
