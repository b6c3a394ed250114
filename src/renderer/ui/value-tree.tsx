import { ChevronRight } from 'lucide-react';
import { useState, type CSSProperties } from 'react';
import { cx } from '../lib/cx.ts';
import { formatCount } from '../lib/format.ts';
import { Button } from './button.tsx';
import styles from './value-tree.module.css';

/** Entries of one level that are drawn before one asks for more. */
const SHOWN = 200;
/** A list that fits on a line is one. */
const LINE = 72;

type Entry = [name: string, value: unknown];

/** The entries of an object or a list that is too long for a line; null for what is one value. */
function entriesOf(value: unknown): Entry[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value);
  if (entries.length === 0) return null;
  const flat = Array.isArray(value) && !value.some((item) => typeof item === 'object');
  return flat && JSON.stringify(value).length <= LINE ? null : entries;
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  return value === undefined ? '' : JSON.stringify(value).replaceAll(',', ', ');
}

const kindOf = (value: unknown): string =>
  value === null || typeof value === 'boolean' ? 'word' : typeof value;

function Node({ name, value, depth }: { name: string; value: unknown; depth: number }) {
  const [open, setOpen] = useState(true);
  const entries = entriesOf(value);
  if (!entries) {
    return (
      <li className={styles.row}>
        <span className={`mono ${styles.name}`}>{name}</span>
        <span className={cx('mono', styles.value, styles[kindOf(value)])}>{valueText(value)}</span>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        className={styles.group}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={cx(styles.chevron, open && styles.open)}
        />
        <span className="mono">{name}</span>
        <span className="meta">{formatCount(entries.length)}</span>
      </button>
      {open && <Level entries={entries} depth={depth + 1} />}
    </li>
  );
}

function Level({ entries, depth }: { entries: readonly Entry[]; depth: number }) {
  const [shown, setShown] = useState(SHOWN);
  return (
    <ul className={styles.level} style={{ '--depth': depth } as CSSProperties}>
      {entries.slice(0, shown).map(([name, value]) => (
        <Node key={name} name={name} value={value} depth={depth} />
      ))}
      {entries.length > shown && (
        <li>
          <Button look="quiet" onClick={() => setShown(shown + 5 * SHOWN)}>
            Show more of {formatCount(entries.length)}
          </Button>
        </li>
      )}
    </ul>
  );
}

/** Nested values as names and values, groups folding. */
export function ValueTree({ label, values }: { label: string; values: Record<string, unknown> }) {
  return (
    <div role="group" aria-label={label} className={styles.tree}>
      <Level entries={Object.entries(values)} depth={0} />
    </div>
  );
}
