import { Box, Columns2, History, PanelLeft, Search, Settings, Trash2 } from 'lucide-react';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount } from '../../lib/format.ts';
import { useRunSelection } from '../../stores/run-selection.ts';
import { useUi } from '../../stores/ui.ts';
import { CommandButton } from '../../ui/button.tsx';
import { EngineStatus } from './engine-status.tsx';
import { ProjectSwitcher } from './project-switcher.tsx';
import { QueueItems } from './queue-items.tsx';
import { RunningRuns } from './running-runs.tsx';
import { Item } from './sidebar-item.tsx';
import styles from './sidebar.module.css';

/** Runs side by side: there while some are chosen, or looked at. */
function CompareItem() {
  const chosen = useRunSelection(({ runs }) => runs.size);
  const here = useUi((ui) => ui.history.at.page === 'compare');
  if (chosen < 2 && !here) return null;
  return (
    <Item
      command={COMMANDS.goCompare}
      icon={<Columns2 size={16} />}
      pages={['compare']}
      meta={chosen > 1 && !here ? formatCount(chosen) : undefined}
    />
  );
}

/** Where one is and what runs. */
export function Sidebar() {
  return (
    <aside className={styles.sidebar}>
      <div className={styles.top}>
        <ProjectSwitcher />
        <CommandButton command={COMMANDS.palette} look="quiet" icon={<Search />} />
        <CommandButton command={COMMANDS.toggleSidebar} look="quiet" icon={<PanelLeft />} />
      </div>
      <nav aria-label="Pages" className={styles.nav}>
        <Item
          command={COMMANDS.goJobs}
          icon={<Box size={16} />}
          pages={['jobs', 'job', 'new-job']}
        />
        <Item
          command={COMMANDS.goRuns}
          icon={<History size={16} />}
          pages={['runs', 'run', 'sweep']}
        />
        <CompareItem />
        <QueueItems />
        <Item command={COMMANDS.goBin} icon={<Trash2 size={16} />} pages={['bin']} />
      </nav>
      <RunningRuns />
      <nav aria-label="Engine and settings" className={styles.bottom}>
        <EngineStatus />
        <Item command={COMMANDS.goSettings} icon={<Settings size={16} />} pages={['settings']} />
      </nav>
    </aside>
  );
}
