import { Check } from 'lucide-react';
import type { RefObject } from 'react';
import { Menu, MenuItem, MenuSection, Popover } from 'react-aria-components';
import { shortcutText } from '../../commands/keys.ts';
import type { Command } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { currentProject, projectsByName } from '../../stores/selectors.ts';
import { chooseProject, useUi } from '../../stores/ui.ts';
import menu from '../../ui/menu.module.css';

const MORE: readonly Command[] = [
  { ...COMMANDS.goProjects, title: 'All projects' },
  COMMANDS.newProject,
];

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
      aria-label="Projects"
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      offset={4}
      className={menu.popover ?? ''}
    >
      <Menu aria-label="Projects" autoFocus="first" className={menu.menu ?? ''} onClose={onClose}>
        <MenuSection aria-label="Projects" className={menu.section ?? ''}>
          {projectsByName(projects).map(({ id, name, jobCount }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={name}
              className={menu.item ?? ''}
              onAction={() => chooseProject(id)}
            >
              <span className={menu.check}>{id === current?.id && <Check size={14} />}</span>
              <span className="ellipsis">{name}</span>
              <span className={menu.meta}>{formatCount(jobCount)}</span>
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection aria-label="All projects" className={menu.section ?? ''}>
          {MORE.map(({ title, run, shortcut }) => (
            <MenuItem key={title} textValue={title} className={menu.item ?? ''} onAction={run}>
              <span className={menu.check} />
              <span className="ellipsis">{title}</span>
              {shortcut && <span className={menu.meta}>{shortcutText(shortcut)}</span>}
            </MenuItem>
          ))}
        </MenuSection>
      </Menu>
    </Popover>
  );
}
