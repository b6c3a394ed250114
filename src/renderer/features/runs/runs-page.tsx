import { useEffect, useMemo, useRef, useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { loadRuns } from '../../bridge/sync.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { isActive } from '../../stores/run-states.ts';
import { currentProject, matches, runsOfProject } from '../../stores/selectors.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { RunsTable } from './runs-table.tsx';

type StateFilter = 'all' | 'active' | 'finished' | 'failed';

const FILTERS: readonly { id: StateFilter; title: string }[] = [
  { id: 'all', title: 'All' },
  { id: 'active', title: 'Active' },
  { id: 'finished', title: 'Finished' },
  { id: 'failed', title: 'Failed' },
];

/** Stopped runs are under "All" alone: they neither finished nor failed. */
function inState(run: Run, filter: StateFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'active') return isActive(run);
  if (filter === 'finished') return run.state === 'finished';
  return run.state === 'failed' || run.state === 'crashed';
}

const textOf = (run: Run): string => `${run.name} ${run.jobName} ${run.reason?.text ?? ''}`;

/** Every run of the project. */
export default function RunsPage() {
  const { status, projects, runs } = useEntities();
  const project = currentProject(
    projects,
    useUi((ui) => ui.projectId),
  );
  const projectId = project?.id;
  const [error, setError] = useState<ErrorData | null>(null);
  const [state, setState] = useState<StateFilter>('all');
  const [filter, setFilter] = useState('');
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!projectId) return;
    const leaving = new AbortController();
    void loadRuns({ projectId }, leaving.signal).then(setError);
    return () => leaving.abort();
  }, [projectId]);

  const all = useMemo(() => runsOfProject(runs, projectId), [runs, projectId]);
  const text = filter.trim();
  const shown = useMemo(
    () => all.filter((run) => inState(run, state) && (!text || matches(textOf(run), text))),
    [all, state, text],
  );
  const partly = project && all.length < project.runCount;
  const typeToFilter = (typed: string): void => {
    setFilter((have) => have + typed);
    document.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
  };
  return (
    <>
      <Toolbar
        title="Runs"
        meta={
          all.length > 0 &&
          (partly
            ? `${formatCount(all.length)} of ${plural(project.runCount, 'run')} read`
            : plural(all.length, 'run'))
        }
        actions={
          all.length > 0 && (
            <Segmented label="State" value={state} options={FILTERS} onChange={setState} />
          )
        }
      >
        {all.length > 0 && (
          <SearchField
            label="Filter runs"
            value={filter}
            onChange={setFilter}
            onLeave={() =>
              body.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus()
            }
          />
        )}
      </Toolbar>
      <div ref={body} className={page.body}>
        {error && (
          <div className={page.note}>
            <ErrorNote error={error} />
          </div>
        )}
        {status === 'loading' && <SkeletonRows label="Reading runs" />}
        {shown.length > 0 && <RunsTable label="Runs" runs={shown} withJob onType={typeToFilter} />}
        {status === 'ready' && all.length === 0 && (
          <Empty
            title="No runs yet"
            action={<Button onClick={() => navigate({ page: 'jobs' })}>Go to jobs</Button>}
          >
            A run is one execution of a job. Open a job and press Launch.
          </Empty>
        )}
        {all.length > 0 && shown.length === 0 && (
          <Empty
            title="No run matches"
            action={
              <Button
                onClick={() => {
                  setFilter('');
                  setState('all');
                }}
              >
                Show all
              </Button>
            }
          />
        )}
      </div>
    </>
  );
}
