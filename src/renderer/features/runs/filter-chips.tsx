import { X } from 'lucide-react';
import type { RunCondition, RunFilter } from '../../../shared/domain/run-list.ts';
import { Button } from '../../ui/button.tsx';
import { conditionText } from './condition-words.ts';
import { columnTitle } from './run-columns.tsx';
import styles from './filters.module.css';

interface ChipProps {
  text: string;
  onEdit?: (chip: HTMLElement) => void;
  onRemove: () => void;
}

function Chip({ text, onEdit, onRemove }: ChipProps) {
  return (
    <li className={styles.chip}>
      {onEdit ? (
        <button
          type="button"
          className={styles.chipText}
          title="Change"
          onClick={(event) => onEdit(event.currentTarget)}
        >
          {text}
        </button>
      ) : (
        <span className={styles.chipText}>{text}</span>
      )}
      <button
        type="button"
        aria-label={`Remove ${text}`}
        title="Remove"
        className={styles.chipRemove}
        onClick={onRemove}
      >
        <X size={12} aria-hidden="true" />
      </button>
    </li>
  );
}

interface Props {
  filter: RunFilter;
  groupBy: string | null;
  onChange: (change: Partial<RunFilter>) => void;
  onEdit: (condition: RunCondition, at: number, chip: HTMLElement) => void;
  onUngroup: () => void;
  onClear: () => void;
}

/** Whether there is anything that {@link FilterChips} would show. */
export const hasChips = (filter: RunFilter, groupBy: string | null): boolean =>
  groupBy !== null ||
  filter.starred === true ||
  (filter.tags?.length ?? 0) + (filter.conditions?.length ?? 0) > 0;

/** What narrows a list beside its text and states, and what it is grouped by. */
export function FilterChips({ filter, groupBy, onChange, onEdit, onUngroup, onClear }: Props) {
  const { conditions = [], tags = [], starred } = filter;
  return (
    <ul aria-label="Conditions" className={styles.chips}>
      {groupBy !== null && (
        <Chip text={`Grouped by ${columnTitle(groupBy)}`} onRemove={onUngroup} />
      )}
      {starred === true && (
        <Chip text="Starred" onRemove={() => onChange({ starred: undefined })} />
      )}
      {tags.map((tag) => (
        <Chip
          key={`tag ${tag}`}
          text={`Tag ${tag}`}
          onRemove={() => onChange({ tags: tags.filter((other) => other !== tag) })}
        />
      ))}
      {conditions.map((condition, at) => (
        <Chip
          key={`${at} ${conditionText(condition)}`}
          text={conditionText(condition)}
          onEdit={(chip) => onEdit(condition, at, chip)}
          onRemove={() => onChange({ conditions: conditions.toSpliced(at, 1) })}
        />
      ))}
      {conditions.length + tags.length + Number(starred === true) > 1 && (
        <li>
          <Button look="quiet" onClick={onClear}>
            Clear
          </Button>
        </li>
      )}
    </ul>
  );
}
