import { useState } from 'react';
import { baseName } from '../../lib/format.ts';
import { replaceRoute, useUi } from '../../stores/ui.ts';
import type { NewJobSource, Route } from '../../stores/route.ts';
import { Tabs, type TabSpec } from '../../ui/tabs.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import { TrackedSource } from '../tracked/tracked-source.tsx';
import { ChooseFolder } from './choose-folder.tsx';
import { FolderSource } from './folder-source.tsx';
import { GitSource } from './git-source.tsx';
import { ImageSource } from './image-source.tsx';
import { ToolbarSlot } from './toolbar-actions.tsx';
import styles from './new-job.module.css';

type NewJobRoute = Extract<Route, { page: 'new-job' }>;

const HOME = { title: 'Jobs', route: { page: 'jobs' } as const };

/** Where a job can come from; what each takes is looked at before anything is stored. */
export default function NewJobPage({ route }: { route: NewJobRoute }) {
  const { source, folder } = route;
  const waiting = useUi((ui) => ui.waitingFolders.length);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [clone, setClone] = useState<string | null>(null);
  const choose = (next: NewJobSource): void => replaceRoute({ ...route, source: next });
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
            onClone={() => {
              setClone(folder);
              choose('git');
            }}
          />
        ),
    },
    { id: 'git', title: 'Git repository', panel: () => <GitSource clone={clone} /> },
    { id: 'image', title: 'Image', panel: () => <ImageSource /> },
    { id: 'tracked', title: 'Tracked runs', panel: () => <TrackedSource /> },
  ];
  const inFolder = source === 'folder' && folder !== undefined;
  return (
    <ToolbarSlot value={slot}>
      <Toolbar
        title={inFolder ? `New job from ${baseName(folder)}/` : 'New job'}
        parent={HOME}
        meta={waiting > 0 && `${waiting} more waiting`}
        actions={<div ref={setSlot} className={styles.slot} />}
      />
      <Tabs label="Source" selected={source} tabs={tabs} onSelect={choose} />
    </ToolbarSlot>
  );
}
