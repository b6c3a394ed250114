import type { Run } from '../../../shared/domain/run.ts';
import { markRuns } from '../../commands/mark-actions.ts';
import { editRun, endEditing, useIsEdited } from '../../stores/run-editing.ts';
import { LongText } from '../../ui/long-text.tsx';
import page from '../frame/page.module.css';

/** What a person wrote about a run. */
export function Notes({ run }: { run: Run }) {
  const editing = useIsEdited(run.id, 'notes');
  return (
    <section aria-label="About this run" className={page.section}>
      <h2 className={page.heading}>Notes</h2>
      <LongText
        label="Notes"
        text={run.notes}
        placeholder="Add notes: what you tried, and what came of it"
        editing={editing}
        onEdit={() => editRun(run.id, 'notes')}
        onSave={(notes) => markRuns([run], { notes })}
        onEnd={endEditing}
      />
    </section>
  );
}
