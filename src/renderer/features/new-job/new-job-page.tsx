import { useState } from 'react';
import { baseName } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { replaceRoute, useUi } from '../../stores/ui.ts';
import type { NewJobRoute, NewJobSource } from '../../stores/route.ts';
import { Tabs, type TabSpec } from '../../ui/tabs.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import { TrackedSource } from '../tracked/tracked-source.tsx';
import { ChooseFolder } from './choose-folder.tsx';
import { FolderSource } from './folder-source.tsx';
import { emptyAddress } from './git-address.ts';
import { GitSource } from './git-source.tsx';
import { ImageSource } from './image-source.tsx';
import { KeepTyped } from './kept.tsx';
import { ToolbarSlot } from './toolbar-actions.tsx';
import styles from './new-job.module.css';

const HOME = { title: 'Jobs', route: { page: 'jobs' } as const };

/** What is to be made, as far as that is known. */
function titleOf({ source, folder }: NewJobRoute, jobName: string | undefined): string {
  if (jobName) return `New version of ${jobName}`;
  if (source === 'folder' && folder) return `New job from ${baseName(folder).replace(/\/?$/, '/')}`;
  return 'New job';
}

/** Where a job can come from; what each takes is looked at before anything is stored. */
export default function NewJobPage({ route }: { route: NewJobRoute }) {
  const { source, folder, address = '', jobId, runs = 0 } = route;
  const waiting = useUi((ui) => ui.waiting.length);
  const job = useEntities(({ jobs }) => (jobId ? jobs[jobId] : undefined));
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [clone, setClone] = useState<string | null>(null);
  const choose = (next: NewJobSource): void => replaceRoute({ ...route, source: next });
  const suggested = job ? { name: job.name, project: job.projectName } : {};
  const first =
    clone === null ? { ...emptyAddress, address } : { address: clone, ref: '', clone: true };
  const tabs: TabSpec<NewJobSource>[] = [
    {
      id: 'folder',
      title: 'Folder',
      panel: () =>
        folder === undefined ? (
          <ChooseFolder />
        ) : (
          <FolderSource
            folder={folder}
            runs={runs}
            suggested={suggested}
            onRuns={() => choose('tracked')}
            onClone={() => {
              setClone(folder);
              choose('git');
            }}
          />
        ),
    },
    {
      id: 'git',
      title: 'Git repository',
      panel: () => <GitSource key={clone} first={first} suggested={suggested} />,
    },
    { id: 'image', title: 'Image', panel: () => <ImageSource suggested={suggested} /> },
    {
      id: 'tracked',
      title: 'Tracked runs',
      panel: () => <TrackedSource {...(runs > 0 && folder && { held: { folder, runs } })} />,
    },
  ];
  return (
    <KeepTyped>
      <ToolbarSlot value={slot}>
        <Toolbar
          title={titleOf(route, job?.name)}
          parent={HOME}
          meta={waiting > 0 && `${waiting} more waiting`}
          actions={<div ref={setSlot} className={styles.slot} />}
        />
        <Tabs label="Source" selected={source} tabs={tabs} onSelect={choose} />
      </ToolbarSlot>
    </KeepTyped>
  );
}
