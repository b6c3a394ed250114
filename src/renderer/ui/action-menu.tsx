import { Check } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { Menu, MenuItem, MenuSection, Popover } from 'react-aria-components';
import menu from './menu.module.css';

export interface MenuAction {
  title: string;
  meta?: string | undefined;
  icon?: ReactNode;
  checked?: boolean;
  disabled?: boolean;
  run: () => void;
}

interface Props {
  label: string;
  /** Where it opens, in the window. */
  at: { x: number; y: number };
  /** In groups with a line between them. */
  groups: readonly (readonly MenuAction[])[];
  onClose: () => void;
}

/** A menu at a place of the window, as for a right click. The focus goes back to where it was. */
export function ActionMenu({ label, at, groups, onClose }: Props) {
  const anchor = useRef<HTMLSpanElement>(null);
  const shown = groups.filter((group) => group.length > 0);
  const marks = groups.flat().some(({ checked }) => checked !== undefined);
  return (
    <>
      <span
        ref={anchor}
        style={{ position: 'fixed', left: at.x, top: at.y, pointerEvents: 'none' }}
      />
      <Popover
        aria-label={label}
        isOpen
        triggerRef={anchor}
        placement="bottom start"
        offset={2}
        onOpenChange={(open) => !open && onClose()}
        className={menu.popover ?? ''}
      >
        <Menu aria-label={label} autoFocus="first" className={menu.menu ?? ''} onClose={onClose}>
          {shown.map((group) => (
            <MenuSection
              key={group[0]!.title}
              aria-label={group[0]!.title}
              className={menu.section ?? ''}
            >
              {group.map((action) => (
                <Item key={action.title} action={action} marks={marks} />
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </>
  );
}

/** `marks`: some of the menu can be on or off, and all leave room for the mark. */
function Item({ action, marks }: { action: MenuAction; marks: boolean }) {
  const { title, meta, icon, checked, disabled = false, run } = action;
  return (
    // After the menu has given the focus back, which a field that is opened takes.
    <MenuItem
      textValue={title}
      isDisabled={disabled}
      className={menu.item ?? ''}
      onAction={() => requestAnimationFrame(run)}
    >
      {marks && (
        <span className={menu.check}>{checked && <Check size={14} aria-hidden="true" />}</span>
      )}
      {icon}
      <span className="ellipsis">{title}</span>
      {meta && <span className={menu.meta}>{meta}</span>}
    </MenuItem>
  );
}
