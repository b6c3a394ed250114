import { FolderKanban, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Project } from '../../../shared/domain/project.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { plural } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { currentProject, matches, projectsByName } from '../../stores/selectors.ts';
import { chooseProject, startProject, useUi } from '../../stores/ui.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import { Empty } from '../../ui/empty.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { NewProject } from './new-project.tsx';
import { projectColumns } from './project-columns.tsx';
import { useProjectRuns } from './use-project-runs.ts';

const keyOf = ({ id }: Project): string => id;
const open = ({ id }: Project): void => chooseProject(id);

/** Every project of this data folder. */
export default function ProjectsPage() {
  const projects = useEntities((all) => all.projects);
  const loading = useEntities((all) => all.status === 'loading');
  const current = useUi((ui) => currentProject(projects, ui.projectId)?.id);
  const making = useUi((ui) => ui.newProject);
  const [filter, setFilter] = useState('');
  const all = useMemo(() => projectsByName(projects), [projects]);
  const shown = all.filter(({ name }) => matches(name, filter.trim()));
  const runs = useProjectRuns(all);
  const columns = useMemo(() => projectColumns(runs, current), [runs, current]);
  return (
    <>
      <Toolbar
        title="Projects"
        meta={all.length > 0 && plural(all.length, 'project')}
        actions={
          <CommandButton command={COMMANDS.newProject} look="primary" icon={<Plus />}>
            New project
          </CommandButton>
        }
      >
        <SearchField label="Filter projects" value={filter} onChange={setFilter} />
      </Toolbar>
      <div className={page.body}>
        {making && <NewProject onDone={() => startProject(false)} />}
        {loading && <SkeletonRows label="Reading projects" />}
        {shown.length > 0 && (
          <DataGrid
            label="Projects"
            rows={shown}
            rowKey={keyOf}
            columns={columns}
            selectedKey={current}
            onOpen={open}
            onType={setFilter}
          />
        )}
        {!loading && shown.length === 0 && (
          <Empty
            icon={<FolderKanban size={32} strokeWidth={1.25} />}
            title="No project matches"
            action={<Button onClick={() => setFilter('')}>Clear filter</Button>}
          >
            A project is a named group of jobs and runs. None is called “{filter.trim()}”.
          </Empty>
        )}
      </div>
    </>
  );
}
