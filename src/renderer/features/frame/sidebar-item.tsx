import type { ReactNode } from 'react';
import { commandHint, type Command } from '../../commands/command.ts';
import { cx } from '../../lib/cx.ts';
import type { Route } from '../../stores/route.ts';
import { useUi } from '../../stores/ui.ts';
import styles from './sidebar.module.css';

interface ItemProps {
  command: Command;
  icon: ReactNode;
  /** Pages for which this item is the current one. */
  pages: Route['page'][];
  meta?: string | undefined;
}

/** A page of the window in the sidebar. */
export function Item({ command, icon, pages, meta }: ItemProps) {
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
      {meta && <span className={styles.itemMeta}>{meta}</span>}
    </button>
  );
}
