import { FolderOpen, Radar } from 'lucide-react';
import { useState } from 'react';
import type { ImportedRun } from '../../../shared/domain/tracked.ts';
import { call } from '../../bridge/client.ts';
import { useOperation } from '../../bridge/use-operation.ts';
import { useEntities } from '../../stores/entities.ts';
import { plural } from '../../lib/format.ts';
import { currentProject, projectsByName } from '../../stores/selectors.ts';
import { nextFolderOr, notify, useUi } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { ComboField } from '../../ui/combo-field.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Switch } from '../../ui/switch.tsx';
import page from '../frame/page.module.css';
import { ToolbarActions } from '../new-job/toolbar-actions.tsx';
import { ImportReport } from './import-report.tsx';
import { useWatchedFolders } from './use-watched-folders.ts';
import { WatchedFolders } from './watched-folders.tsx';
import styles from './tracked.module.css';

interface Props {
  /** A folder that was dropped, and how many runs it holds. */
  held?: { folder: string; runs: number };
}

/** Imports the runs that wandb left in a folder, and watches folders for more. */
export function TrackedSource({ held }: Props) {
  const projects = useEntities((all) => all.projects);
  const chosen = useUi((ui) => ui.projectId);
  const [typed, setTyped] = useState<string | null>(null);
  const project = typed ?? currentProject(projects, chosen)?.name ?? 'default';
  const [report, setReport] = useState<{ folder: string; runs: ImportedRun[] } | null>(null);
  const [folder, setFolder] = useState<string | null>(null);
  const operation = useOperation();
  const watching = useWatchedFolders();

  const importFrom = async (from: string): Promise<void> => {
    setFolder(from);
    setReport(null);
    const runs = await operation.run((operationId) =>
      call('importRuns', { operationId, folder: from, project }),
    );
    if (runs) setReport({ folder: from, runs });
  };
  const choose = async (): Promise<void> => {
    const result = await call('chooseFolder', {});
    if (!result.ok) notify('The folder could not be opened.', result.error);
    else if (result.value) await importFrom(result.value.folder);
  };
  const offered = report ? undefined : held;
  const watched = watching.folders?.some((one) => one.folder === folder && one.enabled) ?? false;
  return (
    <>
      <ToolbarActions>
        <Button look="quiet" onClick={() => nextFolderOr({ page: 'jobs' })}>
          {report ? 'Done' : 'Cancel'}
        </Button>
        <Button
          look={offered ? 'plain' : 'primary'}
          icon={<FolderOpen />}
          disabled={operation.running || project === ''}
          onClick={() => void choose()}
        >
          {offered ? 'Choose another…' : 'Choose a folder…'}
        </Button>
        {offered && (
          <Button
            look="primary"
            disabled={operation.running || project === ''}
            onClick={() => void importFrom(offered.folder)}
          >
            Import {plural(offered.runs, 'run')}
          </Button>
        )}
      </ToolbarActions>
      <div className={page.scroll}>
        <div className={page.column}>
          <p className={page.lead}>
            Runs that the wandb library kept in a folder become jobs, with their configuration,
            metrics, summary and text. The folder itself is only read.
          </p>
          {offered && (
            <p className={styles.held}>
              <Radar size={14} aria-hidden="true" />
              <span className="mono ellipsis selectable" title={offered.folder}>
                {offered.folder}
              </span>
              <span>holds {plural(offered.runs, 'run')}</span>
            </p>
          )}
          <div className={styles.project}>
            <ComboField
              label="Project"
              value={project}
              options={projectsByName(projects).map(({ name }) => name)}
              hint="Where the jobs and runs go"
              onChange={setTyped}
            />
          </div>
          {operation.running && (
            <Progress
              label={`Reading the runs in ${folder}`}
              progress={operation.progress}
              onCancel={operation.cancel}
            />
          )}
          {operation.error && (
            <ErrorNote
              error={operation.error}
              action={folder && <Button onClick={() => void importFrom(folder)}>Try again</Button>}
            />
          )}
          {report && (
            <ImportReport report={report.runs} folder={report.folder}>
              <Switch
                on={watched}
                onChange={(enabled) => void watching.watch(report.folder, project, enabled)}
              >
                Watch this folder
              </Switch>
            </ImportReport>
          )}
          <WatchedFolders watching={watching} />
        </div>
      </div>
    </>
  );
}
