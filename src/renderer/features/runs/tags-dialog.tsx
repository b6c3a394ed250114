import { useState, type FormEvent } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { markRuns } from '../../commands/mark-actions.ts';
import { plural } from '../../lib/format.ts';
import { setTagging, useRunSelection } from '../../stores/run-selection.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/text-field.tsx';

const tagsOf = (runs: readonly Run[]): string[] =>
  [...new Set(runs.flatMap(({ tags }) => tags))].toSorted();

function TagsForm({ runs, onClose }: { runs: readonly Run[]; onClose: () => void }) {
  // As they were when it was opened: a tag that is taken off stays to be put on again.
  const [known] = useState(() => tagsOf(runs));
  const onAll = known.filter((tag) => runs.every(({ tags }) => tags.includes(tag)));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(onAll));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState('');
  const [error, setError] = useState<ErrorData | null>(null);
  const typed = text.split(',').flatMap((tag) => tag.trim() || []);

  const toggle = (tag: string): void => {
    const next = new Set(chosen);
    if (!next.delete(tag)) next.add(tag);
    setChosen(next);
    setTouched(new Set([...touched, tag]));
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const changed = [...touched];
    const failed = await markRuns(runs, {
      addTags: [...new Set([...changed.filter((tag) => chosen.has(tag)), ...typed])],
      removeTags: changed.filter((tag) => !chosen.has(tag)),
    });
    if (failed) setError(failed);
    else onClose();
  };
  return (
    <Dialog
      title={`Tags of ${runs.length === 1 ? runs[0]!.name : plural(runs.length, 'run')}`}
      onClose={onClose}
      footer={
        <>
          {error && <ErrorNote error={error} />}
          <Button look="primary" type="submit" form="run-tags">
            Save
          </Button>
        </>
      }
    >
      <form id="run-tags" onSubmit={(event) => void save(event)}>
        <TextField
          label="Add tags"
          autoFocus
          value={text}
          placeholder="baseline, to-keep"
          hint="Several with commas between them."
          onChange={setText}
        />
      </form>
      {known.length > 0 && (
        <Chips
          label="Tags they have"
          options={known.map((id) => ({ id, title: id }))}
          chosen={chosen}
          onToggle={toggle}
        />
      )}
    </Dialog>
  );
}

/** Puts tags on the selected runs and takes them off, while that is asked for. */
export function TagsDialog() {
  const { tagging, runs } = useRunSelection();
  if (!tagging || runs.size === 0) return null;
  return <TagsForm runs={[...runs.values()]} onClose={() => setTagging(false)} />;
}
