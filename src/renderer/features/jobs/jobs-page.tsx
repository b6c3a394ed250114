import { Plus } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { Job } from '../../../shared/domain/job.ts';
import { loadAll } from '../../bridge/sync.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { plural } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { currentProject, jobsOf, matches } from '../../stores/selectors.ts';
import { filterJobs, useUi } from '../../stores/ui.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { Start } from '../start/start.tsx';
import { JobsEmpty } from './jobs-empty.tsx';
import { NewJobMenu } from './new-job-menu.tsx';
import { JobsTable } from './jobs-table.tsx';
import styles from './jobs.module.css';

/** Every job of the project; before there is any at all, what Slipway is and the first step. */
export function JobsPage() {
  const first = useEntities(
    ({ status, jobs }) => status === 'ready' && !Object.values(jobs).some(isKept),
  );
  return first ? <FirstStart /> : <ProjectJobs />;
}

const FirstStart = () => (
  <>
    <Toolbar title="Welcome" />
    <Start />
  </>
);

function ProjectJobs() {
  const { status, error, projects, jobs } = useEntities();
  const chosen = useUi((ui) => ui.projectId);
  const filter = useUi((ui) => ui.jobFilter);
  const project = currentProject(projects, chosen);
  const all = useMemo(() => jobsOf(jobs, project?.id).filter(isKept), [jobs, project?.id]);
  const shown = useMemo(
    () => (filter.trim() ? all.filter((job) => matches(jobText(job), filter.trim())) : all),
    [all, filter],
  );
  const body = useRef<HTMLDivElement>(null);
  const toList = (): void =>
    body.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
  const typeToFilter = (text: string): void => {
    filterJobs(useUi.getState().jobFilter + text);
    document.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
  };
  const empty = status === 'ready' && all.length === 0;

  return (
    <>
      <Toolbar
        title="Jobs"
        meta={all.length > 0 && plural(all.length, 'job')}
        actions={
          !empty && (
            <div className={styles.newJob}>
              <CommandButton command={COMMANDS.newJob} look="primary" icon={<Plus />}>
                New job
              </CommandButton>
              <NewJobMenu />
            </div>
          )
        }
      >
        {!empty && (
          <SearchField label="Filter jobs" value={filter} onChange={filterJobs} onLeave={toList} />
        )}
      </Toolbar>
      <div ref={body} className={page.body}>
        {error && (
          <div className={page.note}>
            <ErrorNote
              error={error}
              action={<Button onClick={() => void loadAll()}>Try again</Button>}
            />
          </div>
        )}
        {status === 'loading' && <SkeletonRows label="Reading jobs" />}
        {empty && <JobsEmpty />}
        {shown.length > 0 && <JobsTable jobs={shown} onType={typeToFilter} />}
        {all.length > 0 && shown.length === 0 && (
          <Empty
            title="No job matches"
            action={<Button onClick={() => filterJobs('')}>Clear filter</Button>}
          >
            Nothing in {project?.name} has “{filter.trim()}” in its name, description or folder.
          </Empty>
        )}
      </div>
    </>
  );
}

const isKept = (job: Job): boolean => job.binnedAt === null;

const jobText = (job: Job): string => `${job.name} ${job.description} ${job.folder ?? ''}`;
