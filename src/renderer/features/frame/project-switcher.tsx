import { ChevronsUpDown } from 'lucide-react';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useEntities } from '../../stores/entities.ts';
import { currentProject } from '../../stores/selectors.ts';
import { useUi } from '../../stores/ui.ts';
import styles from './sidebar.module.css';

const ProjectMenu = lazy(() => import('./project-menu.tsx'));

/** Names the project on the screen and switches it. */
export function ProjectSwitcher() {
  const projects = useEntities((all) => all.projects);
  const chosen = useUi((ui) => ui.projectId);
  const project = useMemo(() => currentProject(projects, chosen), [projects, chosen]);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const name = project?.name ?? '';
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.project}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={`Project: ${name}`}
        title="Switch project"
        onClick={() => setOpen(true)}
      >
        <span className={styles.badge} aria-hidden="true">
          {name.charAt(0).toUpperCase()}
        </span>
        <span className="ellipsis">{name}</span>
        <ChevronsUpDown size={14} aria-hidden="true" />
      </button>
      {open && (
        <Suspense>
          <ProjectMenu anchor={button} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
