import { Check, Columns3 } from 'lucide-react';
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import menu from '../../ui/menu.module.css';
import styles from './runs.module.css';

export interface ColumnGroup {
  title: string;
  columns: readonly { id: string; name: string }[];
}

interface Props {
  groups: readonly ColumnGroup[];
  shown: readonly string[];
  onChange: (shown: readonly string[]) => void;
}

/** Which columns a table has, beside those it always has. */
export function ColumnMenu({ groups, shown, onChange }: Props) {
  const all = groups.flatMap(({ columns }) => columns.map(({ id }) => id));
  if (all.length === 0) return null;
  return (
    <MenuTrigger>
      <Button aria-label="Columns" className={styles.columnsButton ?? ''}>
        <Columns3 size={14} aria-hidden="true" />
        Columns
      </Button>
      <Popover className={menu.popover ?? ''} offset={4} placement="bottom end">
        <Menu
          aria-label="Columns"
          selectionMode="multiple"
          selectedKeys={shown}
          onSelectionChange={(keys) => onChange(all.filter((id) => keys === 'all' || keys.has(id)))}
          className={menu.menu ?? ''}
        >
          {groups
            .filter(({ columns }) => columns.length > 0)
            .map(({ title, columns }) => (
              <MenuSection key={title}>
                <Header className={styles.menuTitle}>{title}</Header>
                {columns.map(({ id, name }) => (
                  <MenuItem key={id} id={id} textValue={name} className={menu.item ?? ''}>
                    {({ isSelected }) => (
                      <>
                        <span className={menu.check}>{isSelected && <Check size={14} />}</span>
                        <span className="mono ellipsis">{name}</span>
                      </>
                    )}
                  </MenuItem>
                ))}
              </MenuSection>
            ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
