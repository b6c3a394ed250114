import { X } from 'lucide-react';
import type { InputField } from '../../../shared/domain/inputs.ts';
import { plural } from '../../lib/format.ts';
import { IconButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { AxisList } from './axis-list.tsx';
import { AxisNumbers } from './axis-numbers.tsx';
import {
  axisValues,
  isNumeric,
  readAxis,
  valueWord,
  type AxisDraft,
  type AxisKind,
} from './axis-draft.ts';
import styles from './axis.module.css';

const KINDS: readonly { id: AxisKind; title: string }[] = [
  { id: 'list', title: 'Values' },
  { id: 'range', title: 'Range' },
  { id: 'draw', title: 'Draw' },
];
const SHOWN = 8;

interface Props {
  field: InputField;
  draft: AxisDraft;
  onChange: (draft: AxisDraft) => void;
  /** Back to one value for the input. */
  onRemove: () => void;
  /** What main says of this axis; shown while the editor itself finds nothing. */
  problem?: string | null | undefined;
}

/** What the axis comes to, in words, or what is wrong with it. */
function Result({ field, draft, problem }: Pick<Props, 'field' | 'draft' | 'problem'>) {
  const read = readAxis(field, draft);
  const wrong = 'problem' in read ? read.problem : problem;
  if (wrong) {
    return (
      <p role="alert" className={styles.problem}>
        {wrong}
      </p>
    );
  }
  if ('problem' in read) return null;
  const { first, count } = axisValues(read.axis, SHOWN);
  if (count === null) return <p className={styles.result}>A new value for each run</p>;
  return (
    <p className={styles.result}>
      {plural(count, 'value')}:{' '}
      <span className="mono">
        {first.map(valueWord).join(', ')}
        {count > first.length && ', …'}
      </span>
    </p>
  );
}

/** What one input takes in a sweep: values of a list, steps of a range, or draws from a range. */
export function AxisEditor({ field, draft, onChange, onRemove, problem }: Props) {
  const label = field.title ?? field.name;
  const change = (part: Partial<AxisDraft>): void => onChange({ ...draft, ...part });
  return (
    <div role="group" aria-label={`Values of ${label}`} className={styles.axis}>
      <div className={styles.head}>
        <span className={`ellipsis ${styles.name}`} title={field.help ?? label}>
          {label}
        </span>
        {isNumeric(field) && (
          <Segmented
            label={`How ${label} varies`}
            value={draft.kind}
            options={KINDS}
            onChange={(kind) => change({ kind })}
          />
        )}
        <IconButton label={`One value for ${label}`} icon={<X />} onClick={onRemove} />
      </div>
      {draft.kind === 'list' ? (
        <AxisList
          field={field}
          label={label}
          list={draft.list}
          onChange={(list) => change({ list })}
        />
      ) : (
        <AxisNumbers field={field} label={label} draft={draft} onChange={change} />
      )}
      <Result field={field} draft={draft} problem={problem} />
    </div>
  );
}
