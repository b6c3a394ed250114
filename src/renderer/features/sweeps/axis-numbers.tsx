import type { InputField } from '../../../shared/domain/inputs.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import { PART_TITLES, type AxisDraft } from './axis-draft.ts';
import styles from './axis.module.css';

const PARTS = { range: ['from', 'to', 'step'], draw: ['min', 'max'] } as const;
const SCALES = [
  { id: 'linear', title: 'Linear' },
  { id: 'log', title: 'Log' },
] as const;

interface Props {
  field: InputField;
  label: string;
  draft: AxisDraft;
  onChange: (part: Partial<AxisDraft>) => void;
}

/** The numbers of a range, or of draws from one. */
export function AxisNumbers({ field, label, draft, onChange }: Props) {
  const kind = draft.kind === 'draw' ? 'draw' : 'range';
  return (
    <div className={styles.numbers}>
      {PARTS[kind].map((part) => (
        <label key={part} className={styles.number}>
          <span className="meta">{PART_TITLES[part]}</span>
          <input
            aria-label={`${label}, ${PART_TITLES[part].toLowerCase()}`}
            value={draft[part]}
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            className={`mono ${styles.input}`}
            onChange={(event) => onChange({ [part]: event.target.value })}
          />
        </label>
      ))}
      {kind === 'draw' && (
        <div className={styles.drawn}>
          <Segmented
            label={`Scale of ${label}`}
            value={draft.scale}
            options={SCALES}
            onChange={(scale) => onChange({ scale })}
          />
          {field.type === 'number' && (
            <Switch on={draft.integer} onChange={(integer) => onChange({ integer })}>
              Whole numbers
            </Switch>
          )}
        </div>
      )}
    </div>
  );
}
