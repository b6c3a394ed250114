import { loadAll } from '../../bridge/sync.ts';
import { useEntities } from '../../stores/entities.ts';
import { currentProject } from '../../stores/selectors.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { RunControls, RunCount, RunSearch } from './filter-bar.tsx';
import { RunList } from './run-list.tsx';
import { useRunList } from './use-run-list.ts';

function ProjectRuns({ projectId }: { projectId: string }) {
  const list = useRunList(`project ${projectId}`, { projectId });
  const isNone = list.shown?.all === 0;
  return (
    <RunList
      label="Runs"
      list={list}
      empty={
        <Empty
          title="No runs yet"
          action={<Button onClick={() => navigate({ page: 'jobs' })}>Go to jobs</Button>}
        >
          A run is one execution of a job. Open a job and press Launch.
        </Empty>
      }
      bar={(addCondition) => (
        <Toolbar
          title="Runs"
          meta={<RunCount list={list} />}
          actions={!isNone && <RunControls list={list} onAddCondition={addCondition} />}
        >
          {!isNone && <RunSearch list={list} />}
        </Toolbar>
      )}
    />
  );
}

/** Every run of the project. */
export default function RunsPage() {
  const { projects, status, error } = useEntities();
  const project = currentProject(
    projects,
    useUi((ui) => ui.projectId),
  );
  if (project) return <ProjectRuns key={project.id} projectId={project.id} />;
  return (
    <>
      <Toolbar title="Runs" />
      {status === 'loading' && <SkeletonRows label="Reading runs" />}
      {error && (
        <div className={page.note}>
          <ErrorNote
            error={error}
            action={<Button onClick={() => void loadAll()}>Try again</Button>}
          />
        </div>
      )}
    </>
  );
}
