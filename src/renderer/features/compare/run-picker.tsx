import { useEffect, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { COMPARED_RUNS } from '../../../shared/domain/run-comparison.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { useEntities } from '../../stores/entities.ts';
import { closePicker, useRunPicker } from '../../stores/run-picker.ts';
import { navigate, replaceRoute, useUi } from '../../stores/ui.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { RunMark } from '../../ui/state-mark.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import styles from './run-picker.module.css';

/** Runs that are offered; the search finds the others. */
const OFFERED = 50;

/** Shows the runs side by side, the new one last. */
function compare(runIds: readonly string[]): void {
  const { at } = useUi.getState().history;
  closePicker();
  if (at.page === 'compare') replaceRoute({ page: 'compare', runIds });
  else navigate({ page: 'compare', runIds });
}

function Choices({ runs, onPick }: { runs: readonly Run[]; onPick: (runId: string) => void }) {
  if (runs.length === 0) return <p className={styles.none}>No other run is called so.</p>;
  return (
    <ListBox
      aria-label="Runs"
      items={runs}
      selectionMode="none"
      className={styles.list ?? ''}
      onAction={(key) => onPick(String(key))}
    >
      {(run) => (
        <ListBoxItem id={run.id} textValue={run.name} className={styles.item ?? ''}>
          <RunMark run={run} bare />
          <span className={`ellipsis ${styles.name}`}>{run.name}</span>
          <span className={`ellipsis ${styles.job}`}>
            {run.jobName} v{run.versionNumber}
          </span>
          <span className={styles.when}>
            <RelativeTime at={run.createdAt} />
          </span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}

/** Waits until nothing was typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 120);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function Picker({ beside }: { beside: readonly string[] }) {
  const [text, setText] = useState('');
  const base = useEntities((all) => (beside[0] === undefined ? undefined : all.runs[beside[0]]));
  const filter = useSettled(text.trim());
  // First those that are likeliest: of the same job. The search looks through all.
  const { value, error } = useAnswer('queryRuns', {
    scope: base && !filter ? { jobId: base.jobId } : {},
    filter: filter ? { text: filter } : {},
    sort: [],
    groupBy: null,
    offset: 0,
    limit: OFFERED + COMPARED_RUNS,
  });
  const runs = value?.runs.filter(({ id }) => !beside.includes(id)).slice(0, OFFERED);
  const pick = (runId: string): void => compare([...beside, runId]);
  // Enter takes the first of what was typed, also when that is not found yet.
  const [entered, setEntered] = useState(false);
  const first = filter === text.trim() ? runs?.[0]?.id : undefined;
  useEffect(() => {
    if (entered && first !== undefined) pick(first);
  });
  const type = (typed: string): void => {
    setText(typed);
    setEntered(false);
  };
  const focusList = (): void =>
    document.querySelector<HTMLElement>('[role="dialog"] [role="option"]')?.focus();
  return (
    <Dialog
      title={base ? `Compare ${base.name} with…` : 'Choose a run to compare'}
      onClose={closePicker}
      footer={
        <p className="meta">
          {filter || !base
            ? 'Runs of all jobs, newest first.'
            : `Runs of ${base.jobName}, newest first. Search to find those of other jobs.`}
        </p>
      }
    >
      <div
        className={styles.search}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
          event.preventDefault();
          event.stopPropagation();
          setEntered(true);
        }}
      >
        <SearchField
          autoFocus
          label="Find a run"
          value={text}
          onChange={type}
          onLeave={focusList}
        />
      </div>
      <div className={styles.results}>
        {error && <ErrorNote error={error} />}
        {!error && !runs && <SkeletonRows label="Reading runs" />}
        {runs && <Choices runs={runs} onPick={pick} />}
      </div>
    </Dialog>
  );
}

/** The list to choose one more run from, while it is asked for. */
export function RunPicker() {
  const beside = useRunPicker((picker) => picker.beside);
  useEffect(() => closePicker, []);
  return beside && <Picker beside={beside} />;
}
