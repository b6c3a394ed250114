import { Check } from 'lucide-react';
import type { RefObject } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import { formatCount } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { currentProject, projectsByName } from '../../stores/selectors.ts';
import { chooseProject, useUi } from '../../stores/ui.ts';
import menu from '../../ui/menu.module.css';

interface Props {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** The list of projects under the switcher. */
export default function ProjectMenu({ anchor, onClose }: Props) {
  const projects = useEntities((all) => all.projects);
  const chosen = useUi((ui) => ui.projectId);
  const current = currentProject(projects, chosen);
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      offset={4}
      className={menu.popover ?? ''}
    >
      <Menu
        aria-label="Projects"
        autoFocus="first"
        className={menu.menu ?? ''}
        onAction={(id) => chooseProject(String(id))}
        onClose={onClose}
      >
        {projectsByName(projects).map(({ id, name, jobCount }) => (
          <MenuItem key={id} id={id} textValue={name} className={menu.item ?? ''}>
            <span className={menu.check}>{id === current?.id && <Check size={14} />}</span>
            <span className="ellipsis">{name}</span>
            <span className={menu.meta}>{formatCount(jobCount)}</span>
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
