import { Box, History, PanelLeft, Search, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { commandHint, type Command } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { cx } from '../../lib/cx.ts';
import type { Route } from '../../stores/route.ts';
import { useUi } from '../../stores/ui.ts';
import { CommandButton } from '../../ui/button.tsx';
import { EngineStatus } from './engine-status.tsx';
import { ProjectSwitcher } from './project-switcher.tsx';
import { RunningRuns } from './running-runs.tsx';
import styles from './sidebar.module.css';

interface ItemProps {
  command: Command;
  icon: ReactNode;
  /** Pages for which this item is the current one. */
  pages: Route['page'][];
}

function Item({ command, icon, pages }: ItemProps) {
  const current = useUi((ui) => pages.includes(ui.history.at.page));
  return (
    <button
      type="button"
      className={cx(styles.item, current && styles.current)}
      aria-current={current ? 'page' : undefined}
      title={commandHint(command)}
      onClick={() => command.run()}
    >
      {icon}
      <span className="ellipsis">{command.title}</span>
    </button>
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
        <Item command={COMMANDS.goRuns} icon={<History size={16} />} pages={['runs', 'run']} />
      </nav>
      <RunningRuns />
      <nav aria-label="Engine and settings" className={styles.bottom}>
        <EngineStatus />
        <Item command={COMMANDS.goSettings} icon={<Settings size={16} />} pages={['settings']} />
      </nav>
    </aside>
  );
}
