import { Dices } from 'lucide-react';
import { useId } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { newSeed, type SweepDraft } from './sweep-draft.ts';
import styles from './sweep-footer.module.css';

const METHODS = [
  { id: 'grid', title: 'Grid' },
  { id: 'random', title: 'Random' },
] as const;

interface NumberProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function WholeNumber({ label, value, onChange }: NumberProps) {
  const id = useId();
  return (
    <span className={styles.number}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        id={id}
        value={value}
        inputMode="numeric"
        autoComplete="off"
        className={`mono ${styles.input}`}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}

interface Props {
  draft: SweepDraft;
  onChange: (draft: SweepDraft) => void;
}

/** How the cells are chosen, and how many run at a time. */
export function SweepControls({ draft, onChange }: Props) {
  const change = (part: Partial<SweepDraft>): void => onChange({ ...draft, ...part });
  return (
    <div className={styles.controls}>
      <Segmented
        label="Method"
        value={draft.method}
        options={METHODS}
        onChange={(method) => change({ method })}
      />
      {draft.method === 'random' && (
        <>
          <WholeNumber label="Runs" value={draft.count} onChange={(count) => change({ count })} />
          <WholeNumber label="Seed" value={draft.seed} onChange={(seed) => change({ seed })} />
          <IconButton
            label="Another seed"
            icon={<Dices />}
            onClick={() => change({ seed: newSeed() })}
          />
        </>
      )}
      <WholeNumber
        label="At a time"
        value={draft.concurrency}
        onChange={(concurrency) => change({ concurrency })}
      />
    </div>
  );
}
