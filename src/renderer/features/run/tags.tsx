import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { markRuns } from '../../commands/mark-actions.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { cx } from '../../lib/cx.ts';
import { useEntities } from '../../stores/entities.ts';
import { editRun, endEditing, useIsEdited } from '../../stores/run-editing.ts';
import { CommandButton } from '../../ui/button.tsx';
import { NameChips } from '../../ui/name-chips.tsx';
import { FieldError } from '../../ui/text-field.tsx';
import chips from '../../ui/name-chips.module.css';
import styles from './marks.module.css';

/** Tags of other runs, to be used again. */
function useKnownTags(run: Run): string[] {
  const runs = useEntities((all) => all.runs);
  return useMemo(() => {
    const all = new Set(Object.values(runs).flatMap(({ tags }) => tags));
    return [...all].filter((tag) => !run.tags.includes(tag)).toSorted();
  }, [runs, run.tags]);
}

interface InputProps {
  run: Run;
  onAdd: (tag: string) => void;
  onRemoveLast: () => void;
}

function TagInput({ run, onAdd, onRemoveLast }: InputProps) {
  const [text, setText] = useState('');
  const known = useKnownTags(run);
  const add = (): void => {
    if (text.trim()) onAdd(text.trim());
    setText('');
  };
  return (
    <>
      <input
        autoFocus
        aria-label="New tag"
        placeholder="baseline"
        value={text}
        maxLength={100}
        list="known-tags"
        spellCheck={false}
        className={chips.input}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          add();
          endEditing();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ',') add();
          else if (event.key === 'Backspace' && text === '') onRemoveLast();
          else if (event.key === 'Escape') {
            setText('');
            endEditing();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <datalist id="known-tags">
        {known.map((tag) => (
          <option key={tag} value={tag}>
            {tag}
          </option>
        ))}
      </datalist>
    </>
  );
}

/** The tags of a run. Enter adds one and waits for the next; Backspace in the empty field removes the last. */
export function Tags({ run }: { run: Run }) {
  const { id, tags } = run;
  const adding = useIsEdited(id, 'tags');
  const [error, setError] = useState<ErrorData | null>(null);
  const remove = (tag: string): void => {
    void markRuns([run], { removeTags: [tag] }).then(setError);
  };
  if (tags.length === 0 && !adding) return null;
  return (
    <div className={styles.tagRow}>
      <NameChips label="Tags" kind="tag" look="filled" names={tags} onRemove={remove}>
        {adding ? (
          <TagInput
            run={run}
            onAdd={(tag) => void markRuns([run], { addTags: [tag] }).then(setError)}
            onRemoveLast={() => tags.length > 0 && remove(tags.at(-1)!)}
          />
        ) : (
          <CommandButton
            command={{ ...COMMANDS.tagRun, run: () => editRun(id, 'tags') }}
            look="quiet"
            className={cx(chips.add, styles.addTag)}
            icon={<Plus />}
          />
        )}
      </NameChips>
      {error && <FieldError id="tag-error" error={error} />}
    </div>
  );
}
