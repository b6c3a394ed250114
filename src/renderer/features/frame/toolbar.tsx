import { ChevronRight, PanelLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { COMMANDS } from '../../commands/registry.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import type { Route } from '../../stores/route.ts';
import { CommandButton } from '../../ui/button.tsx';
import styles from './toolbar.module.css';

interface Props {
  title: string;
  /** Stands in place of the title while it is edited. */
  titleEditor?: ReactNode;
  /** The page this one belongs to. */
  parent?: { title: string; route: Route };
  /** Beside the title: a count, a version. */
  meta?: ReactNode;
  /** In the middle: the filter. */
  children?: ReactNode;
  /** On the right, the primary one last. */
  actions?: ReactNode;
}

/** The one bar of a page. */
export function Toolbar({ title, titleEditor, parent, meta, children, actions }: Props) {
  const sidebar = useUi((ui) => ui.sidebar);
  return (
    <header className={styles.toolbar}>
      {!sidebar && (
        <CommandButton command={COMMANDS.toggleSidebar} look="quiet" icon={<PanelLeft />} />
      )}
      <div className={styles.title}>
        {parent && (
          <>
            <button type="button" className={styles.parent} onClick={() => navigate(parent.route)}>
              {parent.title}
            </button>
            <ChevronRight size={14} aria-hidden="true" className={styles.divider} />
          </>
        )}
        {titleEditor || (
          <h1 className="ellipsis" title={title}>
            {title}
          </h1>
        )}
        {meta && <span className={`meta ${styles.meta}`}>{meta}</span>}
      </div>
      {children && <div className={styles.middle}>{children}</div>}
      <div className={styles.actions}>{actions}</div>
    </header>
  );
}
