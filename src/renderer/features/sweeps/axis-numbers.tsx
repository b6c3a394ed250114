import type { InputField } from '../../../shared/domain/inputs.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { AxisDraft } from './axis-draft.ts';
import styles from './axis.module.css';

type Part = 'from' | 'to' | 'step' | 'min' | 'max';

const PARTS: Readonly<Record<'range' | 'draw', readonly { id: Part; title: string }[]>> = {
  range: [
    { id: 'from', title: 'From' },
    { id: 'to', title: 'To' },
    { id: 'step', title: 'Step' },
  ],
  draw: [
    { id: 'min', title: 'Least' },
    { id: 'max', title: 'Greatest' },
  ],
};
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
      {PARTS[kind].map(({ id, title }) => (
        <label key={id} className={styles.number}>
          <span className="meta">{title}</span>
          <input
            aria-label={`${label}, ${title.toLowerCase()}`}
            value={draft[id]}
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            className={`mono ${styles.input}`}
            onChange={(event) => onChange({ [id]: event.target.value })}
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
