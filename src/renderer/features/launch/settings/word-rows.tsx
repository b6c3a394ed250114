import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { cx } from '../../../lib/cx.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import ui from '../../../ui/field.module.css';
import { focusLastRow } from './focus-last-row.ts';
import styles from '../inputs.module.css';

interface Props {
  what: string;
  placeholder: string;
  words: readonly string[];
  onChange: (words: string[]) => void;
}

/** Texts, a row each. */
export function WordRows({ what, placeholder, words, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const add = (): void => {
    onChange([...words, '']);
    focusLastRow(box.current);
  };
  return (
    <div ref={box} className={styles.list}>
      {words.map((word, at) => (
        <div key={at} data-row className={styles.listRow}>
          <input
            type="text"
            aria-label={`${what} ${at + 1}`}
            placeholder={placeholder}
            value={word}
            spellCheck={false}
            autoComplete="off"
            className={cx(ui.input, 'mono')}
            onChange={({ target }) => onChange(words.with(at, target.value))}
          />
          <IconButton
            label={`Remove ${what} ${at + 1}`}
            icon={<X />}
            onClick={() => onChange(words.toSpliced(at, 1))}
          />
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
